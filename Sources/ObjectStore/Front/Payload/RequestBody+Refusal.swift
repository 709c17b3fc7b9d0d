import HTTPEdge
import Hummingbird
import NIOCore

extension RequestBody.AsyncIterator {
    /// The next bytes off the wire, or nil at the end; what goes wrong on the way is a refusal in S3's words.
    /// - Throws: `RequestTimeout` for a body that is too slow, `IncompleteBody` for one that was cut;
    ///   `CancellationError`.
    mutating func nextOrRefusal() async throws -> ByteBuffer? {
        do {
            return try await next(isolation: #isolation)
        } catch is SlowBodyError {
            throw S3Error.requestTimeout
        } catch let error as CancellationError {
            throw error
        } catch {
            throw S3Error.incompleteBody
        }
    }
}
