/// A digest that the client announced and that the body does not have.
package struct DigestMismatch: Sendable, Equatable {
    /// Which announcement was wrong.
    package enum Kind: Sendable, Equatable {
        /// `Content-MD5`.
        case contentMD5
        /// `x-amz-checksum-…`.
        case checksum(ChecksumAlgorithm)
        /// `x-amz-content-sha256`.
        case payloadHash
    }

    /// Which announcement was wrong.
    package var kind: Kind
    /// What the body really has; empty when the plan did not ask for that digest.
    package var computed: [UInt8]

    /// Makes the description of one mismatch.
    package init(kind: Kind, computed: [UInt8]) {
        self.kind = kind
        self.computed = computed
    }
}
