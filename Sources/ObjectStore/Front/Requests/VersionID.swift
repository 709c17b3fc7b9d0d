import HTTPTypes

/// The version of an object: without versioning, which this store does not have, every object has the one `null`.
enum VersionID {
    /// The only version there is.
    static let null = "null"

    /// Checks the `versionId` of a request to an object.
    ///
    /// - Throws: `NoSuchVersion`, or `InvalidArgument` for what is no version at all or stands where none may.
    static func check(_ request: S3Request, key: String) throws(S3Error) {
        guard let version = request.query("versionId") else { return }
        switch request.head.method {
        case .get, .head, .delete: try check(version, of: key)
        default:
            throw .invalidArgument("versionId", version, "This operation does not accept a version-id.")
        }
    }

    /// Checks the version of an object that a request names in whatever place.
    ///
    /// - Throws: `NoSuchVersion` for any version but `null`, `InvalidArgument` for what is none.
    static func check(_ version: String, of key: String) throws(S3Error) {
        guard version != null else { return }
        if isWellFormed(version) { throw .noSuchVersion(version, of: key) }
        let message = version.isEmpty ? "Version id cannot be the empty string" : "Invalid version id specified"
        throw .invalidArgument("versionId", version, message)
    }

    /// Whether a text could be a version of S3: `null`, or 32 letters, digits, `.`, `_` and `-`.
    static func isWellFormed(_ version: String) -> Bool {
        version == null || version.utf8.count == 32 && version.utf8.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }
}
