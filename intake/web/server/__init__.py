"""Web server: gunicorn manages the processes, uvicorn parses HTTP, and threads run the Flask application.

The event loop reads headers and bodies, so a client that sends slowly takes no thread.
"""
