/// What a form may upload, and until when: a POST policy, the one way in S3 to say "at most so many bytes".
///
/// It cannot say "only once". Source: AWS, "POST policy" (sigv4-HTTPPOSTConstructPolicy).
public struct FormPolicy: Sendable, Hashable {
    /// A field of a form.
    public struct Field: Sendable, Hashable {
        /// The field's name.
        public let name: String
        /// Its value.
        public let value: String

        /// Names a field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The bucket that the form is posted to.
    public let bucket: String
    /// The fields that the form must have exactly so, `key` among them, in their order.
    public let fields: [Field]
    /// How many bytes the file may have.
    public let byteCounts: ClosedRange<Int64>
    /// From when on the form is worth nothing.
    public let expiration: SigningDate

    /// States a policy.
    ///
    /// - Parameters:
    ///   - bucket: The bucket that the form is posted to.
    ///   - fields: The fields that the form must have exactly so, `key` among them.
    ///   - byteCounts: How many bytes the file may have.
    ///   - expiration: From when on the form is worth nothing.
    public init(bucket: String, fields: [Field], byteCounts: ClosedRange<Int64>, expiration: SigningDate) {
        self.bucket = bucket
        self.fields = fields
        self.byteCounts = byteCounts
        self.expiration = expiration
    }

    /// The document as it is signed: JSON in base64.
    ///
    /// - Parameter signature: The fields that tell who signs; they are bound like the others.
    /// - Returns: The form's `policy`.
    func base64(with signature: [Field]) -> String {
        let equals = ([Field("bucket", bucket)] + fields + signature).map { field in
            "[\"eq\",\(Self.json("$\(field.name)")),\(Self.json(field.value))]"
        }
        let sizes = "[\"content-length-range\",\(byteCounts.lowerBound),\(byteCounts.upperBound)]"
        let conditions = (equals + [sizes]).joined(separator: ",")
        return Base64.encode(
            Array("{\"conditions\":[\(conditions)],\"expiration\":\(Self.json(expiration.iso8601))}".utf8)
        )
    }

    /// A text as JSON writes it (RFC 8259 §7).
    private static func json(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                bytes += Array("\\u00".utf8)
                Hex.append([byte], to: &bytes)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Signer {
    /// Makes the fields of a form that a policy allows; the file follows them as the last one, `file`.
    ///
    /// - Parameters:
    ///   - policy: What it may upload.
    ///   - date: When it is signed.
    /// - Returns: The policy's own fields, those that tell who signs, `policy` and `x-amz-signature`.
    public func form(_ policy: FormPolicy, at date: SigningDate) -> [FormPolicy.Field] {
        var signature = [
            FormPolicy.Field("x-amz-algorithm", "AWS4-HMAC-SHA256"),
            FormPolicy.Field("x-amz-credential", "\(credentials.accessKeyID)/\(scope(on: date))"),
            FormPolicy.Field("x-amz-date", date.basic),
        ]
        if let token = credentials.sessionToken { signature.append(FormPolicy.Field("x-amz-security-token", token)) }
        let document = policy.base64(with: signature)
        return policy.fields + signature + [
            FormPolicy.Field("policy", document),
            FormPolicy.Field("x-amz-signature", self.signature(ofPolicy: document, at: date)),
        ]
    }
}
