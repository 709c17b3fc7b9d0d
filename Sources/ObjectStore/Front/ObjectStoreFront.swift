package import HTTPTypes
package import Hummingbird
import Logging
import S3XML
package import SigV4

/// The S3 protocol in front of an ``ObjectStore``: path-style, signed requests only, every refusal in S3's error XML.
///
/// Order of work: preflights are answered without a signature, and an upload's form brings its own; else the signature
/// is checked on the raw request, at the time the request starts; then the operation is found, and does its own checks
/// before it reads a body byte.
package struct ObjectStoreFront: Sendable {
    /// How the front presents the store.
    package struct Configuration: Sendable {
        /// The region that signatures are for.
        package var region: String
        /// The largest object of one PUT, and the largest part of a multipart upload, in bytes.
        package var maximumObjectBytes: Int64
        /// Who owns every bucket and object.
        package var owner: Owner
        /// Names that clients cannot give to a bucket, since they are addresses of something else on the same port.
        package var reservedBucketNames: Set<String>
        /// Which host answers, as `x-amz-id-2` says it.
        package var hostID: String

        /// Makes a configuration; without arguments S3's own limit of 5 GiB and its first region.
        package init(
            region: String = "us-east-1",
            maximumObjectBytes: Int64 = 5 << 30,
            owner: Owner = Owner(id: "imgn", displayName: "imgn"),
            reservedBucketNames: Set<String> = [],
            hostID: String = "imgn"
        ) {
            self.region = region
            self.maximumObjectBytes = maximumObjectBytes
            self.owner = owner
            self.reservedBucketNames = reservedBucketNames
            self.hostID = hostID
        }
    }

    /// An owner, as listings name one.
    package struct Owner: Sendable {
        /// The canonical user id.
        package var id: String
        /// The name for people.
        package var displayName: String

        /// Names an owner.
        package init(id: String, displayName: String) {
            self.id = id
            self.displayName = displayName
        }

        /// Writes the `Owner` element.
        func write(to writer: inout XMLWriter) {
            writer.element("Owner") { writer in
                writer.element("ID", id)
                writer.element("DisplayName", displayName)
            }
        }
    }

    let store: ObjectStore
    let verifier: Verifier
    let configuration: Configuration
    let now: @Sendable () -> SigningDate

    /// Puts a front before a store.
    /// - Parameters:
    ///   - store: The objects.
    ///   - verifier: Knows the keys.
    ///   - configuration: Limits and names.
    ///   - now: The clock that signatures are checked against.
    package init(
        store: ObjectStore,
        verifier: Verifier,
        configuration: Configuration = Configuration(),
        now: @escaping @Sendable () -> SigningDate
    ) {
        self.store = store
        self.verifier = verifier
        self.configuration = configuration
        self.now = now
    }
}

// MARK: Whose request it is

extension ObjectStoreFront {
    private static let signatureParameters: Set<String> = [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "AWSAccessKeyId", "Signature",
    ]

    /// Whether a request is for S3: it is signed for AWS in whatever form, or its path begins with one of our buckets.
    package func owns(_ request: HTTPRequest) -> Bool {
        let target = request.path ?? ""
        if request.headerFields[values: .authorization].contains(where: { $0.hasPrefix("AWS") }) { return true }
        let bucket = S3Target.bucketSegment(of: target).flatMap { BucketName(rawValue: $0) }
        if let bucket, store.hasBucket(bucket) { return true }
        let query = S3Target.split(target).query
        return !query.isEmpty && RawQuery(query).items.contains { Self.signatureParameters.contains($0.name) }
    }
}

// MARK: Answering

extension ObjectStoreFront {
    /// Answers a request; every failure is an answer too, and only cancellation is thrown.
    ///
    /// - Parameters:
    ///   - request: The request, its head as it came off the wire.
    ///   - context: Gives the request's id and takes the log line of a failure that is our fault.
    /// - Returns: The answer, whose body of a long object is read from disk as it is written to the client.
    /// - Throws: `CancellationError` when the task was cancelled.
    package func respond(
        to request: Request,
        context: some RequestContext
    ) async throws(CancellationError) -> Response {
        let id = RequestIdentity(context, host: configuration.hostID)
        var response: Response
        do {
            response = try await answer(request)
        } catch let error as CancellationError {
            throw error
        } catch {
            let refusal = S3Error(any: error)
            if refusal == .internalError {
                context.logger.error("S3 request failed", metadata: ["cause": "\(S3Error.cause(of: error))"])
            }
            response = Response(refusal, to: request.method, id: id)
        }
        response.headers.append(contentsOf: id.headers)
        response.headers.append(contentsOf: Self.safety)
        if request.method != .options { response.headers.append(contentsOf: corsHeaders(for: request.head)) }
        return response
    }

    /// What keeps a browser from running an uploaded file as a page of ours.
    private static let safety: HTTPFields = [.xContentTypeOptions: "nosniff", .contentSecurityPolicy: "sandbox"]

    private func answer(_ request: Request) async throws -> Response {
        let target = try S3Target(request.head.path ?? "")
        if request.method == .options {
            return Response(status: .ok, headers: try preflight(request.head, target.resource))
        }
        guard let verified = try verifier.verify(SignableRequest(request.head), at: now()) else {
            return try await respondUnsigned(to: request, target.resource)
        }
        let signed = S3Request(head: request.head, body: request.body, target: target, verified: verified)
        if let owner = signed.amz("x-amz-expected-bucket-owner"), owner != configuration.owner.id {
            throw S3Error.otherOwner
        }
        let operation = try S3Operation.resolve(signed, buckets: store.buckets)
        try checkFraming(signed, operation)
        return try await perform(operation, signed)
    }

    /// `aws-chunked` bodies are for uploads only.
    private func checkFraming(_ request: S3Request, _ operation: S3Operation) throws(S3Error) {
        if case .putObject = operation { return }
        if case .multipart(let operation, _) = operation, operation.takesStreams { return }
        guard !request.verified.payload.isStreaming else {
            throw .invalidRequest("The value of x-amz-content-sha256 header is invalid: only uploads can stream.")
        }
    }

    private func perform(_ operation: S3Operation, _ request: S3Request) async throws -> Response {
        switch operation {
        case .listBuckets:
            ListBuckets(buckets: store.buckets, owner: configuration.owner).respond()
        case .ofBucket(let operation):
            try await perform(operation, request)
        case .headBucket:
            HeadBucket(region: configuration.region).respond()
        case .getBucketLocation:
            GetBucketLocation(region: configuration.region).respond()
        case .listObjectsV2(let bucket):
            try await ListObjectsV2(store: store, owner: configuration.owner).respond(to: request, in: bucket)
        case .deleteObjects(let bucket):
            try await DeleteObjects(store: store).respond(to: request, in: bucket)
        case .listMultipartUploads(let bucket):
            try await ListMultipartUploads(store: store, owner: configuration.owner).respond(to: request, in: bucket)
        case .multipart(let operation, let address):
            try await perform(operation, request, at: address)
        case .getObjectAttributes(let address):
            try await GetObjectAttributes(store: store).respond(to: request, at: address)
        case .getObject(let address), .headObject(let address):
            try await GetObject(store: store).respond(to: request, at: address)
        case .putObject(let address):
            try await PutObject(store: store, maximumObjectBytes: configuration.maximumObjectBytes)
                .respond(to: request, at: address)
        case .copyObject(let address):
            try await CopyObject(store: store).respond(to: request, at: address)
        case .deleteObject(let address):
            try await DeleteObject(store: store).respond(to: request, at: address)
        case .getUnsetObjectSetting(let address, let setting):
            try await GetUnsetSetting(store: store, owner: configuration.owner).respond(setting, at: address)
        }
    }
}
