"""Celery's view of a message that is being worked on, mended in one place."""

from celery.worker.request import Request as CelerysRequest
from kombu.transport.virtual import QoS


class Request(CelerysRequest):
    """A message whose acknowledgement was lost makes room for another all the same.

    Celery (5.6.3) logs that the broker could not be told, and kombu (5.7.0) goes on counting the message against the
    prefetch limit. Once a broker that was killed had cost all places, the worker asked for nothing more, so that it did not
    even notice that the broker was gone: it lived, its heart beat, and it took no job until somebody restarted it.
    The ledger knows what runs, so that nothing depends on what the broker still believes.
    """

    def acknowledge(self) -> None:
        """Tell the broker, and forget the message whether or not it could be told."""
        super().acknowledge()
        if not self.message.acknowledged:
            # Not the transport's own, which would ask the broker again.
            QoS.ack(self.message.channel.qos, self.message.delivery_tag)
