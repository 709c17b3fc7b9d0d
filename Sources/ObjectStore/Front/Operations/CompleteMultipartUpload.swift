import Hummingbird
import S3XML
import SigV4

/// CompleteMultipartUpload: the listed parts become the object, whole and at once, or nothing changes.
///
/// The answer comes when all is done, so that its status is the truth: no error hides inside of a 200.
struct CompleteMultipartUpload: Sendable {
    /// Where the upload is.
    let store: ObjectStore

    /// Completes the upload.
    /// - Throws: ``S3Error`` for every refusal; the upload is as it was then.
    func respond(to request: S3Request, for upload: MultipartUpload) async throws -> Response {
        let condition = try WriteCondition(request.headers)
        let claims = try PayloadClaims(ofDocument: request)
        let body = try await RequestDocument.read(request, claims, limit: CompletionRequest.maximumByteCount)
        // An upload that was completed before has no plan any more; the engine then finds the object it became.
        let plan = try await plan(of: upload)
        let list = try CompletionRequest(xml: body.readableBytesView, algorithm: plan?.checksumAlgorithm)
        if let plan { try checkChecksums(of: list, plan) }
        let expectation = try MultipartExpectation(request, plan)
        let outcome = await complete(upload, list, condition, expectation)
        switch outcome {
        case .success(let info):
            return answer(info, to: request, upload)
        case .failure(.preconditionFailed):
            let exists = try await store.head(upload.key, in: upload.bucket) != nil
            throw condition.refusal(upload.key, exists: exists)
        case .failure(.invalidPart(let number)):
            let etag = list.parts.first { $0.number == number }?.etag ?? ""
            throw S3Error.invalidPart(number: number, etag: etag, upload: upload.id.rawValue)
        case .failure(.incompleteBody(let expected, let got)):
            throw S3Error.objectSizeMismatch(expected: expected, actual: got)
        case .failure(let error):
            throw error
        }
    }

    private func complete(
        _ upload: MultipartUpload,
        _ list: CompletionRequest,
        _ condition: WriteCondition,
        _ expectation: MultipartExpectation
    ) async -> Result<ObjectInfo, ObjectStoreError> {
        do {
            return .success(
                try await store.completeMultipart(
                    upload,
                    parts: list.parts,
                    condition: condition,
                    expecting: expectation
                )
            )
        } catch {
            return .failure(error)
        }
    }

    private func plan(of upload: MultipartUpload) async throws -> MultipartPlan? {
        do {
            return try await store.multipartPlan(of: upload)
        } catch ObjectStoreError.noSuchUpload {
            return nil
        }
    }

    /// A composite checksum is only as good as the checksums in the list, so they must be there (AWS,
    /// "CompleteMultipartUpload"); one of the whole object needs none.
    private func checkChecksums(of list: CompletionRequest, _ plan: MultipartPlan) throws(S3Error) {
        guard let algorithm = plan.checksumAlgorithm, plan.checksumType == .composite else { return }
        if let part = list.parts.first(where: { $0.checksum == nil }) {
            throw .missingPartChecksum(algorithm, number: part.number)
        }
    }

    private func answer(_ info: ObjectInfo, to request: S3Request, _ upload: MultipartUpload) -> Response {
        let path = "/\(upload.bucket.rawValue)/" + URICoding.encode(upload.key.rawValue, keepingSlash: true)
        let origin = request.head.authority.map { "\(request.head.scheme ?? "http")://\($0)" } ?? ""
        return Response(
            xml: XMLWriter.document("CompleteMultipartUploadResult") { writer in
                writer.element("Location", origin + path)
                writer.element("Bucket", upload.bucket.rawValue)
                writer.element("Key", upload.key.rawValue)
                writer.element("ETag", info.quotedETag)
                info.writeChecksum(to: &writer)
            }
        )
    }
}
