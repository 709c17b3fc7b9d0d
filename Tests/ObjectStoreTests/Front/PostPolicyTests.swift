import SigV4
import Testing

@testable import ObjectStore

@Suite("The document of a POST policy")
struct PostPolicyTests {
    private func read(_ json: String) throws -> PostPolicy {
        try PostPolicy(base64: Base64.encode(Array(json.utf8)))
    }

    private func document(_ condition: String) -> String {
        "{\"expiration\": \"2025-01-02T03:04:05Z\", \"conditions\": [\(condition)]}"
    }

    @Test("conditions are read in every form, names without regard to case")
    func conditions() throws {
        let policy = try read(
            document(
                """
                {"bUcKeT": "b"}, ["eq", "$KEY", "k"], ["StArTs-WiTh", "$Content-Type", "image/"],
                ["content-length-range", 1, 100], ["content-length-range", "5", "200"]
                """
            )
        )
        #expect(policy.expiration == SigningDate(secondsSince1970: 1_735_787_045))
        #expect(
            policy.conditions == [
                .equals(field: "bucket", "b"), .equals(field: "key", "k"),
                .startsWith(field: "content-type", "image/"), .byteCount(1...100), .byteCount(5...200),
            ]
        )
        #expect(policy.minimumByteCount == 5)
        #expect(policy.maximumByteCount == 100)
    }

    @Test("a policy may have no conditions at all, and then allows nothing but what needs none")
    func empty() throws {
        let policy = try read(document(""))
        #expect(policy.minimumByteCount == 0)
        #expect(policy.maximumByteCount == .max)
        var fields = FormFields()
        try policy.check(fields, at: S3Bench.date.before)
        try fields.insert("key", "a")
        #expect(throws: S3Error.againstPolicy("Extra input fields: key")) {
            try policy.check(fields, at: S3Bench.date.before)
        }
    }

    @Test("line ends of two characters, as in AWS's published policy, are blanks")
    func lineEnds() throws {
        let text =
            "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",\r\n  \"conditions\": [\r\n"
            + "    {\"bucket\": \"sigv4examplebucket\"},\r\n"
            + "    [\"starts-with\", \"$key\", \"user/user1/\"]\r\n  ]\r\n}"
        #expect(try read(text).conditions.count == 2)
    }

    @Test(
        "what is wrong with a document is said",
        arguments: [
            ("", "invalid Base64 encoding."), ("{", "Invalid JSON."), ("[]", "Invalid JSON."), ("1", "Invalid JSON."),
            ("{}", "Policy missing expiration."), ("{\"conditions\": []}", "Policy missing expiration."),
            ("{\"expiration\": \"2025-01-02T03:04:05Z\"}", "Policy missing conditions."),
            ("{\"expiration\": 5, \"conditions\": []}", "Invalid 'expiration' value: ''"),
            ("{\"expiration\": \"tomorrow\", \"conditions\": []}", "Invalid 'expiration' value: 'tomorrow'"),
            (
                "{\"expiration\": \"2025-01-02T03:04:05Z\", \"conditions\": {}}",
                "Invalid 'conditions' value: must be a List."
            ),
            (
                "{\"expiration\": \"2025-01-02T03:04:05Z\", \"conditions\": [], \"more\": 1}", "Unexpected: 'more'"
            ),
        ]
    )
    func documents(json: String, reason: String) {
        #expect(throws: S3Error.invalidPolicyDocument(reason)) { try read(json) }
    }

    @Test(
        "what is wrong with a condition is said",
        arguments: [
            ("5", "Invalid condition test: must be a List or Object."),
            ("{}", "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."),
            (
                "{\"a\": \"1\", \"b\": \"2\"}",
                "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."
            ),
            ("{\"a\": 1}", "Invalid Simple-Condition: value must be a string."),
            ("[]", "Invalid Condition: missing operation identifier."),
            ("[1, 2, 3]", "Invalid Condition: missing operation identifier."),
            ("[\"eq\", \"$key\"]", "Invalid eq: wrong number of arguments."),
            ("[\"eq\", \"$key\", \"a\", \"b\"]", "Invalid eq: wrong number of arguments."),
            ("[\"ends-with\", \"$key\", \"a\"]", "Invalid Condition: unknown operation 'ends-with'."),
            ("[\"eq\", \"key\", \"a\"]", "Invalid eq: must be a \"$field\" and a string."),
            ("[\"starts-with\", \"$key\", 5]", "Invalid starts-with: must be a \"$field\" and a string."),
            (
                "[\"content-length-range\", -1, 5]", "Invalid content-length-range: must be two numbers of bytes."
            ),
            (
                "[\"content-length-range\", 0, \"x\"]", "Invalid content-length-range: must be two numbers of bytes."
            ),
            (
                "[\"content-length-range\", 6, 5]",
                "Invalid content-length-range: the minimum is over the maximum."
            ),
        ]
    )
    func badConditions(condition: String, reason: String) {
        #expect(throws: S3Error.invalidPolicyDocument(reason)) { try read(document(condition)) }
    }

    @Test(
        "an expiration is a moment in UTC, with or without a fraction of a second",
        arguments: [
            ("2025-01-02T03:04:05Z", true), ("2025-01-02T03:04:05.000Z", true), ("2025-01-02T03:04:05.123456Z", true),
            ("2025-01-02T03:04:05", false), ("2025-01-02T03:04:05+01:00", false), ("2025-01-02 03:04:05Z", false),
            ("2025-13-02T03:04:05Z", false), ("2025-01-02T03:04:05.Z", false), ("2025-01-02T03:04:05.xZ", false),
            ("20250102T030405Z", false), ("2025/01/02T03:04:05Z", false), ("", false),
        ]
    )
    func expirations(text: String, isOne: Bool) {
        let json = "{\"expiration\": \"\(text)\", \"conditions\": []}"
        #expect(((try? read(json)) != nil) == isOne)
    }

    @Test("conditions that cannot both hold allow no size at all")
    func contradiction() throws {
        let policy = try read(document("[\"content-length-range\", 0, 5], [\"content-length-range\", 10, 20]"))
        let upload = try FormUpload(fields(key: "a"), policy: policy, maximumObjectBytes: 100)
        for count in 0...30 as ClosedRange<Int64> {
            #expect(throws: S3Error.self) {
                try upload.admit(count)
                try upload.checkMinimum(count)
            }
        }
    }

    private func fields(key: String) throws -> FormFields {
        var fields = FormFields()
        try fields.insert("key", key)
        return fields
    }
}

extension SigningDate {
    /// An hour before.
    fileprivate var before: SigningDate { SigningDate(secondsSince1970: secondsSince1970 - 3600) }
}
