import Logging

extension Gallery {
    /// How long a worker that has stopped keeps others from what it was looking at.
    ///
    /// It is renewed three times as often, so the time a look takes does not matter; clocks of machines that share a
    /// catalog may differ by less.
    package static var leaseSeconds: Int { 30 }

    /// Does what one worker at a time may do with an upload.
    ///
    /// Each call is a worker of its own, also in one process: two looks at once would decode a picture twice.
    ///
    /// - Parameters:
    ///   - id: The upload.
    ///   - work: What is done; the lease is renewed meanwhile.
    /// - Returns: What `work` returned; `nil` when another worker is at it.
    /// - Throws: What `work` throws, and what the catalog throws.
    func leasing<Value: Sendable>(
        _ id: ImageID,
        _ work: () async throws(GalleryError) -> Value
    ) async throws(GalleryError) -> Value? {
        let worker = WorkerID.random()
        guard try await catalog.lease(id, to: worker, seconds: Self.leaseSeconds) else {
            logger.debug("another worker looks at the upload", metadata: ["image": "\(id)"])
            return nil
        }
        let outcome = await renewing(id, for: worker, work)
        do throws(GalleryError) {
            try await catalog.release(id, by: worker)
        } catch {
            // It runs out by itself.
            logger.debug("a lease was not given back", metadata: ["image": "\(id)", "error": "\(error)"])
        }
        return try outcome.get()
    }

    /// Works, and renews the lease until that is done; when it returns, nothing renews it any more.
    private func renewing<Value: Sendable>(
        _ id: ImageID,
        for worker: WorkerID,
        _ work: () async throws(GalleryError) -> Value
    ) async -> Result<Value, GalleryError> {
        async let _: Void = renew(id, for: worker)
        do throws(GalleryError) {
            return .success(try await work())
        } catch {
            return .failure(error)
        }
    }

    private func renew(_ id: ImageID, for worker: WorkerID) async {
        let pause = Duration.seconds(Self.leaseSeconds) / 3
        while (try? await Task.sleep(for: pause)) != nil {
            // A renewal that fails is tried again before the lease is over.
            guard (try? await catalog.lease(id, to: worker, seconds: Self.leaseSeconds)) == false else { continue }
            // Nothing breaks: each step of ingest may happen twice.
            logger.warning("another worker took over", metadata: ["image": "\(id)", "worker": "\(worker)"])
            return
        }
    }
}
