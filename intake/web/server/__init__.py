"""Web server: gunicorn's processes, uvicorn's parser of HTTP, and threads for the Flask application.

The event loop reads headers and bodies, so a client that sends slowly takes no thread.
"""
