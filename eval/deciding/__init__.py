"""Many reviewers deciding at once against a served home: is any decision lost, or made twice?"""
