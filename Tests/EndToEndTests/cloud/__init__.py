"""AWS on one machine: API Gateway, Lambda, S3 events, SQS delivery and a CDN, as far as imgn can notice them."""
