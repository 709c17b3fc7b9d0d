import AWSTransport
import HTTPTypes

extension S3Client {
    /// Removes an object; one that is not there is removed already.
    ///
    /// - Parameter location: Which.
    /// - Throws: ``AWSError``.
    package func deleteObject(_ location: S3Location) async throws {
        _ = try await AWSError.nilIfMissing { try await acknowledgement(of: request(.delete, location)) }
    }
}
