import HTTPTypes
import Hummingbird
import Logging

/// The two ids that every S3 answer carries, so that a report can be found in the log.
struct RequestIdentity: Sendable {
    /// `x-amz-request-id`: the id under which the log has the request.
    let request: String
    /// `x-amz-id-2`: which host answered.
    let host: String

    /// Takes the id that the server gave the request, or makes one where no server did.
    init(_ context: some RequestContext, host: String) {
        self.request = context.logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
        self.host = host
    }

    /// Both as response headers.
    var headers: HTTPFields {
        var headers = HTTPFields()
        headers[named: "x-amz-request-id"] = request
        headers[named: "x-amz-id-2"] = host
        return headers
    }
}
