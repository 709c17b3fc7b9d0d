"""The template: AWS's own judges have nothing to say, and the facts that the code rests on hold."""

import os
import pathlib
import subprocess
import sys

import pytest

from sam_template import PATH, SUFFIX, Template

TOOLS = pathlib.Path(sys.executable).parent
SECRETS = ("IMGN_SEAL_SECRET", "IMGN_OWNER_TOKEN", "IMGN_UPLOAD_TOKEN")


def judge(*command: str, tmp_path: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Runs a tool without network, account or folder of its own."""
    environment = os.environ | {
        "SAM_CLI_TELEMETRY": "0", "AWS_EC2_METADATA_DISABLED": "true", "HOME": str(tmp_path),
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, cwd=tmp_path)


def test_cfn_lint_finds_nothing(tmp_path: pathlib.Path):
    answer = judge(str(TOOLS / "cfn-lint"), str(PATH), tmp_path=tmp_path)
    assert (answer.stdout, answer.returncode) == ("", 0), answer.stdout + answer.stderr


def test_sam_validates_and_lints(tmp_path: pathlib.Path):
    answer = judge(str(TOOLS / "sam"), "validate", "--lint", "-t", str(PATH), tmp_path=tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "is a valid SAM Template" in answer.stdout
    assert "W" not in [word[:1] for word in answer.stderr.split()], answer.stderr


def test_the_judges_do_look(tmp_path: pathlib.Path):
    broken = tmp_path / "template.yaml"
    broken.write_text(PATH.read_text(encoding="utf-8").replace("BillingMode:", "BilingMode:"), encoding="utf-8")
    assert judge(str(TOOLS / "sam"), "validate", "--lint", "-t", str(broken), tmp_path=tmp_path).returncode != 0


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.read()


def test_yaml_aliases_are_not_used():
    text = PATH.read_text(encoding="utf-8")
    assert not [line for line in text.splitlines() if ": &" in line or ": *" in line], "CloudFormation knows none"


def test_the_name_of_the_bucket_is_the_same_everywhere(template: Template):
    name = f"imgn-{SUFFIX}"
    assert template.properties("Bucket")["BucketName"] == name
    allowed = template.properties("QueuePolicy")["PolicyDocument"]["Statement"][0]
    assert allowed["Condition"]["ArnEquals"]["aws:SourceArn"] == f"arn:aws:s3:::{name}"
    origins = template.properties("Distribution")["DistributionConfig"]["Origins"]
    assert [origin["DomainName"] for origin in origins if origin["Id"] == "pictures"] == [
        f"{name}.s3.eu-central-1.amazonaws.com"
    ]


def test_the_bucket_is_private_and_owned(template: Template):
    bucket = template.properties("Bucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    readers = [
        statement for statement in template.properties("BucketPolicy")["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    assert all(statement["Principal"] == {"Service": "cloudfront.amazonaws.com"} for statement in readers)
    assert all("Distribution" in statement["Condition"]["StringEquals"]["AWS:SourceArn"] for statement in readers)
    shown = next(statement["Resource"] for statement in readers if statement["Action"] == "s3:GetObject")
    assert [resource.split("/", 1)[1] for resource in shown] == ["images/*", "renditions/*"]


def test_waiting_uploads_outlive_the_dead_letters(template: Template):
    rules = template.properties("Bucket")["LifecycleConfiguration"]["Rules"]
    assert all(rule["Prefix"] == "incoming/" for rule in rules), "pictures never expire"
    whole = [rule for rule in rules if "ObjectSizeLessThan" not in rule]
    days = [int(rule["ExpirationInDays"]) for rule in whole if "ExpirationInDays" in rule]
    dead = template.properties("DeadLetters")["MessageRetentionPeriod"] // 86_400
    assert days and min(days) >= dead == template.document["Parameters"]["LeftoverDays"]["MinValue"]


def test_events_are_told_of_incoming_only(template: Template):
    rules = template.properties("Bucket")["NotificationConfiguration"]["QueueConfigurations"]
    assert [rule["Filter"]["S3Key"]["Rules"] for rule in rules] == [[{"Name": "prefix", "Value": "incoming/"}]]
    assert template.raw("Bucket")["DependsOn"] == "QueuePolicy", "S3 tries the queue when it is told of it"


def test_a_batch_has_time_and_a_second_chance(template: Template):
    ingest, queue = template.properties("IngestFunction"), template.properties("Queue")
    assert queue["VisibilityTimeout"] >= 6 * ingest["Timeout"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
    assert template.properties("DeadLetters")["MessageRetentionPeriod"] > queue["MessageRetentionPeriod"]
    source = ingest["Events"]["Uploads"]["Properties"]
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_api_answers_before_the_gateway_gives_up(template: Template):
    assert template.properties("ApiFunction")["Timeout"] < 29


@pytest.mark.parametrize("parameters", [{}, {"DomainName": "pictures.example"}])
def test_all_parts_name_the_same_address(parameters: dict[str, str]):
    template = Template.read(**parameters)
    address = "https://" + (parameters.get("DomainName") or "distribution.domainname")
    for function in ("ApiFunction", "IngestFunction"):
        environment = template.environment(function)
        assert environment["IMGN_PUBLIC_URL"] == environment["IMGN_PICTURES_URL"] == address
    assert template.properties("Bucket")["CorsConfiguration"]["CorsRules"][0]["AllowedOrigins"] == [address]


def test_the_distribution_waits_for_neither_function_nor_bucket(template: Template):
    text = str(template.raw("Distribution")) + str(template.raw("HttpApi"))
    for name in ("ApiFunction", "IngestFunction", "'Bucket'", "${Bucket"):
        assert name not in text, "what knows the distribution's address would wait for itself"


@pytest.mark.parametrize("function", ["ApiFunction", "IngestFunction"])
def test_secrets_come_by_reference(template: Template, function: str):
    environment = template.environment(function)
    for name in set(SECRETS) & set(environment):
        assert environment[name].startswith("{{resolve:secretsmanager:"), name
    assert "IMGN_SEAL_SECRET" in environment
    assert ("IMGN_OWNER_TOKEN" in environment) == (function == "ApiFunction")


def test_both_functions_log_from_the_level_that_was_chosen():
    parameter = Template.read().document["Parameters"]["LogLevel"]
    for level in parameter["AllowedValues"]:
        template = Template.read(LogLevel=level)
        for function in ("ApiFunction", "IngestFunction"):
            logging = template.properties(function)["LoggingConfig"]
            assert (logging["LogFormat"], logging["ApplicationLogLevel"][:4]) == (
                "JSON", {"notice": "INFO"}.get(level, level.upper())[:4],
            )
            assert template.environment(function)["IMGN_LOG_LEVEL"] == level


def test_nobody_uploads_without_a_token_unless_told_so():
    assert Template.read().environment("ApiFunction")["IMGN_UPLOADS"] == "token"
    assert "IMGN_UPLOAD_TOKEN" not in Template.read(Uploads="open").environment("ApiFunction")


def test_people_sign_in_where_they_are_told_to():
    cognito = Template.read(SignIn="cognito", Uploads="signed-in")
    assert cognito.exists("UserPool") and not Template.read().exists("UserPool")
    environment = cognito.environment("ApiFunction")
    assert environment["IMGN_OIDC_ISSUER"] == "https://cognito-idp.eu-central-1.amazonaws.com/UserPool"
    assert environment["IMGN_OIDC_CLIENT_ID"] == "UserPoolClient"
    other = Template.read(SignIn="other", OidcIssuer="https://id.example", OidcClientId="page")
    assert not other.exists("UserPool")
    assert other.environment("ApiFunction")["IMGN_OIDC_ISSUER"] == "https://id.example"
    assert "IMGN_OIDC_ISSUER" not in Template.read().environment("ApiFunction")


def test_what_is_precious_is_kept(template: Template):
    for name in ("Bucket", "Table", "UserPool"):
        resource = template.raw(name)
        assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    table = template.properties("Table")
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_every_log_ends_and_every_alarm_tells(template: Template):
    resources = template.document["Resources"]
    logs = [name for name, resource in resources.items() if resource["Type"] == "AWS::Logs::LogGroup"]
    assert all("RetentionInDays" in template.properties(name) for name in logs)
    telling = Template.read(AlarmEmail="a@b.example", AlarmTopicArn="arn:aws:sns:eu-central-1:123456789012:t")
    alarms = [name for name, resource in resources.items() if resource["Type"] == "AWS::CloudWatch::Alarm"]
    assert len(alarms) >= 6
    for name in alarms:
        assert telling.properties(name)["AlarmActions"] == ["AlarmTopic", "arn:aws:sns:eu-central-1:123456789012:t"]
        assert template.properties(name)["AlarmActions"] == []


def test_each_resource_has_its_line_in_the_readme(template: Template):
    text = (PATH.parent / "README.md").read_text(encoding="utf-8")
    missing = [name for name in template.document["Resources"] if f"`{name}`" not in text]
    assert not missing
