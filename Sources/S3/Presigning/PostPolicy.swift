#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a form may upload: the one way in S3 to say "at most so many bytes".
///
/// It cannot say "only once". Source: AWS, "POST policy" (sigv4-HTTPPOSTConstructPolicy).
package struct PostPolicy: Hashable, Sendable {
    /// Where the object will be.
    package let location: S3Location
    /// How many bytes the file may have.
    package let byteCounts: ClosedRange<Int64>
    /// Further fields that the form must have exactly so, for example `Content-Type`, in their order.
    package let fields: [Field]
    /// How long the form is good for.
    package let seconds: Int

    /// A field of the form.
    package struct Field: Hashable, Sendable {
        /// The field's name.
        package let name: String
        /// Its value.
        package let value: String

        /// Names a field.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// States a policy.
    package init(_ location: S3Location, byteCounts: ClosedRange<Int64>, fields: [Field], seconds: Int) {
        self.location = location
        self.byteCounts = byteCounts
        self.fields = fields
        self.seconds = seconds
    }
}

/// A form that uploads to a store until it expires.
package struct PresignedForm: Hashable, Sendable {
    /// Where to send it, by POST.
    package let url: String
    /// Its fields; the file follows as the last one, `file`.
    package let fields: [PostPolicy.Field]
}

/// The policy as it is signed.
struct PolicyDocument: Encodable {
    let expiration: String
    let conditions: [Condition]

    /// One condition: a field's exact value, or how many bytes the file has.
    enum Condition: Encodable {
        case equal(PostPolicy.Field)
        case byteCounts(ClosedRange<Int64>)

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            switch self {
            case .equal(let field):
                try list.encode("eq")
                try list.encode("$\(field.name)")
                try list.encode(field.value)
            case .byteCounts(let range):
                try list.encode("content-length-range")
                try list.encode(range.lowerBound)
                try list.encode(range.upperBound)
            }
        }
    }

    /// The document in base64.
    var base64: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self).base64EncodedString()
        }
    }
}
