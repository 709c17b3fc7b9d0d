import AWSTransport
import HTTPTypes
import SigV4

extension S3Client {
    /// Copies an object inside the store; `nil` when the source is not there.
    ///
    /// - Parameters:
    ///   - copy: From where, and how.
    ///   - location: Where to.
    /// - Returns: What the store made of it.
    /// - Throws: ``AWSError``, also when the store says so inside a 200.
    @discardableResult
    package func copyObject(_ copy: ObjectCopy, to location: S3Location) async throws -> WrittenObject? {
        var headers = HTTPFields()
        copy.write(to: &headers)
        let content = RequestContent(headers: headers)
        return try await AWSError.nilIfMissing {
            try WrittenObject(
                await document(request(.put, location, content: content), root: "CopyObjectResult")
            )
        }
    }
}

/// A copy to be made.
package struct ObjectCopy: Sendable {
    /// What to copy.
    package let source: S3Location
    /// The tag the source must still have; `412` when it has another.
    package let sourceMatch: ETag?
    /// What to say of the copy; `nil` takes over all the source's metadata.
    package let settings: ObjectSettings?
    /// When to refuse the write.
    package let condition: WriteCondition

    /// Describes a copy.
    package init(
        of source: S3Location,
        ifMatch sourceMatch: ETag? = nil,
        settings: ObjectSettings? = nil,
        condition: WriteCondition = .none
    ) {
        self.source = source
        self.sourceMatch = sourceMatch
        self.settings = settings
        self.condition = condition
    }

    func write(to headers: inout HTTPFields) {
        headers[.amz("copy-source")] =
            "\(source.bucket)/" + URICoding.encode(source.key.rawValue, keepingSlash: true)
        headers[.amz("copy-source-if-match")] = sourceMatch?.quoted
        headers[.amz("metadata-directive")] = settings == nil ? "COPY" : "REPLACE"
        settings?.write(to: &headers)
        condition.write(to: &headers)
    }
}
