"""A queue with a dead-letter queue behind it, on whatever speaks SQS."""

import json
from dataclasses import dataclass
from typing import Any

MOST_RECEIVES = 5


@dataclass(frozen=True)
class Queue:
    """One queue, and where its messages go that could not be handled."""

    client: Any
    url: str
    arn: str
    dead_url: str

    @classmethod
    def make(cls, client, name: str, visibility: int, receives: int = MOST_RECEIVES) -> "Queue":
        """Makes both; a message that was taken so often and never deleted is dead."""
        dead_url = client.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
        redrive = {"deadLetterTargetArn": _arn(client, dead_url), "maxReceiveCount": receives}
        attributes = {"VisibilityTimeout": str(visibility), "RedrivePolicy": json.dumps(redrive)}
        url = client.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        return cls(client, url, _arn(client, url), dead_url)

    def send(self, body: str) -> None:
        """Puts a message in."""
        self.client.send_message(QueueUrl=self.url, MessageBody=body)

    def receive(self, most: int, seconds: int) -> list[dict]:
        """Takes messages, which then nobody else sees for the visibility timeout; waits for the first one."""
        taken = self.client.receive_message(
            QueueUrl=self.url,
            MaxNumberOfMessages=most,
            WaitTimeSeconds=seconds,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        return taken.get("Messages", [])

    def delete(self, message: dict) -> None:
        """Takes a message that was handled out for good."""
        self.client.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])

    def release(self, message: dict) -> None:
        """Gives a message back that was handed out, at once."""
        self.client.change_message_visibility(
            QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
        )

    def bury(self) -> None:
        """Forgets all dead messages."""
        self.client.purge_queue(QueueUrl=self.dead_url)

    def dead(self) -> list[str]:
        """The bodies of dead messages."""
        taken = self.client.receive_message(QueueUrl=self.dead_url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        return [message["Body"] for message in taken.get("Messages", [])]

    def depth(self) -> int:
        """How many messages wait, or are being handled."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        found = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return sum(int(found.get(name, 0)) for name in names)


def _arn(client, url: str) -> str:
    return client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
