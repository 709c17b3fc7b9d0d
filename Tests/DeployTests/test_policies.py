"""The evaluator itself: what it allows, refuses, and does not let pass as known."""

import pytest

from policies import Demand, Policy, Statement, matches


def statement(**changes: object) -> Statement:
    document = {"Sid": "One", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/incoming/*"}
    return Statement.read(document | changes)


def policy(*statements: Statement) -> Policy:
    return Policy(statements)


def put(key: str) -> Demand:
    return Demand("s3:PutObject", f"arn:aws:s3:::b/{key}")


def test_what_is_named_is_allowed():
    assert policy(statement()).allows(put("incoming/k7TqTqTqTqTq"))


@pytest.mark.parametrize("key", ["images/k7TqTqTqTqTq.jpg", "xincoming/a", "incoming"])
def test_what_is_not_named_is_refused(key: str):
    assert not policy(statement()).allows(put(key))


def test_another_action_is_refused():
    assert not policy(statement()).allows(Demand("s3:GetObject", "arn:aws:s3:::b/incoming/a"))


def test_a_deny_outweighs_an_allow():
    assert not policy(statement(), statement(Effect="Deny", Resource="*")).allows(put("incoming/a"))


def test_actions_may_have_wildcards_and_any_case():
    assert policy(statement(Action="s3:Put*")).allows(put("incoming/a"))
    assert policy(statement(Action="S3:putobject")).allows(put("incoming/a"))


@pytest.mark.parametrize(
    ("pattern", "text", "result"),
    [
        ("*", "", True), ("a*c", "abbc", True), ("a?c", "abc", True), ("a?c", "ac", False),
        ("a.c", "abc", False), ("a*", "ba", False), ("a*", "a\nb", True), ("[a]", "a", False),
    ],
)
def test_patterns_know_star_and_question_mark_only(pattern: str, text: str, result: bool):
    assert matches(pattern, text) is result


@pytest.mark.parametrize(
    ("operator", "found", "result"),
    [
        ("StringEquals", ("incoming/",), True), ("StringEquals", ("images/",), False), ("StringEquals", None, False),
        ("StringEqualsIfExists", None, True), ("StringEqualsIfExists", ("",), False),
        ("StringLike", ("incoming/",), True), ("ForAllValues:StringEquals", ("incoming/", "x"), False),
        ("ForAllValues:StringEquals", None, True),
    ],
)
def test_conditions_look_at_what_the_request_says(operator: str, found: tuple[str, ...] | None, result: bool):
    bucket = "arn:aws:s3:::b"
    rule = statement(Action="s3:ListBucket", Resource=bucket, Condition={operator: {"s3:prefix": "incoming/"}})
    context = {} if found is None else {"s3:prefix": found}
    assert policy(rule).allows(Demand("s3:ListBucket", bucket, context)) is result


def test_words_that_the_evaluator_does_not_know_are_an_error():
    with pytest.raises(AssertionError, match="unknown words"):
        statement(NotAction="s3:*")
    rule = statement(Condition={"NumericLessThan": {"s3:max-keys": "10"}})
    with pytest.raises(KeyError):
        policy(rule).allows(Demand("s3:PutObject", "arn:aws:s3:::b/incoming/a", {"s3:max-keys": ("1",)}))


def test_managed_policies_are_refused():
    with pytest.raises(AssertionError, match="managed policy"):
        Policy.of_role({"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"], "Policies": []})


def test_what_no_demand_needs_is_told():
    rules = policy(statement(Action=["s3:PutObject", "s3:DeleteObject"]), statement(Sid="Two", Resource="*"))
    assert rules.unused([put("images/a")]) == {("One", "s3:PutObject"), ("One", "s3:DeleteObject")}
    assert rules.unused([put("incoming/a")]) == {("One", "s3:DeleteObject")}
