/// What the body must have turned out to be for a write to become an object.
///
/// A digest that the plan did not ask to compute never matches: nothing passes unverified.
package struct UploadCommit: Sendable {
    /// The MD5 of the body, 16 bytes (`Content-MD5`).
    package var expectedMD5: [UInt8]?
    /// The SHA-256 of the body, 32 bytes (`x-amz-content-sha256`).
    package var expectedSHA256: [UInt8]?
    /// The checksum of the body (`x-amz-checksum-…`); kept with the object.
    package var expectedChecksum: Checksum?

    /// Makes a commit; without arguments one that takes any body.
    package init(expectedMD5: [UInt8]? = nil, expectedSHA256: [UInt8]? = nil, expectedChecksum: Checksum? = nil) {
        self.expectedMD5 = expectedMD5
        self.expectedSHA256 = expectedSHA256
        self.expectedChecksum = expectedChecksum
    }
}
