package import SigV4

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
    package typealias Field = FormPolicy.Field

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
