import AWSTransport
import GalleryAWS
import HTTPTypes
import Logging
import NIOCore
import S3
import SigV4
import Synchronization

/// A patient whose store is a function from requests to answers.
enum Clinic {
    static let now = SigningDate(secondsSince1970: 1_735_787_045)

    /// Describes a storage on a store that is not there, or is as the function says.
    static func patient(
        prefix: String = "",
        at endpoint: String = "http://127.0.0.1:9000",
        region: String = "us-east-1",
        _ answer: @escaping @Sendable (AWSHTTPRequest) throws -> Answer = { _ in Answer(.notFound) }
    ) throws -> DoctorPatient {
        guard let endpoint = AWSEndpoint(endpoint), let bucket = S3Bucket("pictures"),
            let keys = GalleryKeys(bucket: bucket, prefix: prefix)
        else { throw BadName() }
        let exchange = FunctionExchange(answer: answer)
        var configuration = AWSClientConfiguration()
        configuration.clock = AWSClock(now: { now }, sleep: { _ in }, random: { 0 })
        let client = AWSClient(
            service: "s3",
            region: region,
            endpoint: endpoint,
            credentials: StaticCredentials(Credentials(accessKeyID: "AKIDCLINIC", secretAccessKey: Secret("secret"))),
            http: exchange,
            configuration: configuration,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        return DoctorPatient(client: client, addressing: .automatic, keys: keys, http: exchange)
    }

    struct BadName: Error {}
}

/// What a store says.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: String

    init(_ status: HTTPResponse.Status, _ headers: HTTPFields = [:], _ body: String = "") {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

private struct FunctionExchange: HTTPExchange {
    let answer: @Sendable (AWSHTTPRequest) throws -> Answer

    func execute<Result: Sendable>(
        _ request: AWSHTTPRequest,
        timeouts: AWSTimeouts,
        _ read: @escaping @Sendable (AWSResponse) async throws -> Result
    ) async throws -> Result {
        let answer = try answer(request)
        let left = Mutex<ByteBuffer?>(ByteBuffer(string: answer.body))
        let body = AWSResponseBody {
            left.withLock { left in
                defer { left = nil }
                return left
            }
        }
        return try await read(AWSResponse(status: answer.status, headers: answer.headers, body: body))
    }
}

extension AWSHTTPRequest {
    /// Whether it is signed, in a header or in its address.
    var isSigned: Bool { headers[.authorization] != nil || target.contains("X-Amz-Signature=") }
}
