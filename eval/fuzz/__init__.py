"""Files spoilt on purpose: the reader must end each with a typed refusal or a reading that holds together."""
