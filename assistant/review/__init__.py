"""Who decided on this content, and on exactly which bytes?"""
