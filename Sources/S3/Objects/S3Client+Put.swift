import AWSTransport
import HTTPTypes

extension S3Client {
    /// Stores an object.
    ///
    /// - Parameters:
    ///   - location: Where to.
    ///   - body: Its bytes.
    ///   - settings: What else to say about it.
    ///   - condition: When to refuse.
    /// - Returns: What the store made of it.
    /// - Throws: ``AWSError``; see ``AWSTransport/AWSError/isRefusedCondition``.
    @discardableResult
    package func putObject(
        _ location: S3Location,
        _ body: S3Body,
        _ settings: ObjectSettings = ObjectSettings(),
        condition: WriteCondition = .none
    ) async throws -> WrittenObject {
        var headers = HTTPFields()
        settings.write(to: &headers)
        condition.write(to: &headers)
        headers[.checksumSHA256] = body.sha256.map(ObjectChecksum.base64)
        let content = RequestContent(headers: headers, body: body)
        return try WrittenObject(await acknowledgement(of: request(.put, location, content: content)))
    }
}
