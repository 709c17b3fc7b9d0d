extension ObjectStore {
    /// Starts a multipart upload, durably.
    ///
    /// - Parameters:
    ///   - key: The key of the object that it is to become.
    ///   - bucket: The bucket of the object.
    ///   - plan: What the client says of the object.
    /// - Returns: The upload, with its id.
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/metadataTooLarge(limit:)``,
    ///   ``ObjectStoreError/noSpace``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func createMultipart(
        to key: ObjectKey,
        in bucket: BucketName,
        plan: MultipartPlan = MultipartPlan()
    ) async throws(ObjectStoreError) -> MultipartUpload {
        let id = MultipartUploadID(startedAt: configuration.now())
        let unfinished = UnfinishedUpload(MultipartUpload(bucket: bucket, key: key, id: id), plan: plan)
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.create(unfinished) }
        return unfinished.upload
    }

    /// What was said of the object when the upload started.
    ///
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)``, ``ObjectStoreError/noSuchBucket(_:)``,
    ///   ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func multipartPlan(of upload: MultipartUpload) async throws(ObjectStoreError) -> MultipartPlan {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.plan(of: upload) }
    }

    /// Writes one part, durably; one of the same number is replaced, and the last to finish stays.
    ///
    /// Its MD5 and the checksum that the upload's plan names are always computed; metadata and condition of the plan do
    /// not matter. ``StoredPart/init(number:_:)`` makes a part of what ``Upload/commit(_:)`` returns.
    ///
    /// - Parameters:
    ///   - number: 1 to 10,000, in any order.
    ///   - upload: The upload it belongs to.
    ///   - plan: What is known of the part beforehand.
    ///   - body: Hands the bytes to ``Upload/write(_:)`` and ends with ``Upload/commit(_:)``.
    /// - Returns: What `body` returned.
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)``, ``ObjectStoreError/invalidPart(number:)`` for a number out of
    ///   range, ``ObjectStoreError/noSpace``, ``ObjectStoreError/storageUnavailable(operation:errno:)``, what `body`
    ///   throws.
    @discardableResult
    package func withPart<Result>(
        _ number: Int,
        of upload: MultipartUpload,
        plan: UploadPlan = UploadPlan(),
        _ body: (inout Upload) async throws -> Result
    ) async throws -> Result {
        guard (1...MultipartUpload.maximumPartCount).contains(number) else {
            throw ObjectStoreError.invalidPart(number: number)
        }
        var plan = plan
        plan.computesMD5 = true
        plan.checksum = try await multipartPlan(of: upload).checksumAlgorithm ?? plan.checksum
        plan.metadata = ObjectMetadata()
        return try await withUpload(to: .part(number, of: upload), plan: plan, body)
    }

    /// Lists the parts of an unfinished upload by ascending number.
    ///
    /// A damaged part is left out, for it must be sent again.
    ///
    /// - Parameters:
    ///   - upload: Which upload.
    ///   - number: The number behind which the page starts; 0 for the first page.
    ///   - limit: The most parts of the page.
    /// - Returns: The page, with the plan of the upload.
    /// - Throws: ``ObjectStoreError/noSuchUpload(_:)``, ``ObjectStoreError/noSuchBucket(_:)``,
    ///   ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func parts(
        of upload: MultipartUpload,
        after number: Int = 0,
        limit: Int = 1000
    ) async throws(ObjectStoreError) -> PartPage {
        let (plan, numbers) = try await threads.run { [folder] () throws(ObjectStoreError) in
            (try folder.plan(of: upload), try folder.partNumbers(of: upload).filter { $0 > number })
        }
        let wanted = numbers.prefix(max(0, limit))
        return PartPage(
            plan: plan,
            parts: try await parts(wanted, of: upload),
            isTruncated: !wanted.isEmpty && wanted.count < numbers.count,
            lastNumber: wanted.last ?? number
        )
    }

    /// The parts of these numbers that are there whole, in the order asked for.
    ///
    /// Anybody may ask for ten thousand, each of them a file to open: other work gets its turn in between.
    func parts(_ numbers: ArraySlice<Int>, of upload: MultipartUpload) async throws(ObjectStoreError) -> [StoredPart] {
        var parts: [StoredPart] = []
        var rest = numbers
        while !rest.isEmpty {
            let step = rest.prefix(Self.readStepPartCount)
            rest = rest.dropFirst(step.count)
            parts += try await threads.run { [folder] () throws(ObjectStoreError) in
                try folder.parts(step, of: upload)
            }
        }
        return parts
    }

    /// How many parts are looked at before other work gets its turn on the thread.
    private static let readStepPartCount = 250

    /// Lists unfinished uploads of a bucket by the byte order of their keys, those of one key by their start.
    ///
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    package func multipartUploads(
        in bucket: BucketName,
        _ query: MultipartQuery = MultipartQuery()
    ) async throws(ObjectStoreError) -> MultipartPage {
        try await threads.run { [folder] () throws(ObjectStoreError) in
            let prefix = Array(query.prefix.utf8)
            let uploads = try folder.unfinishedUploads(in: bucket) { $0.rawValue.utf8.starts(with: prefix) }
            return MultipartListing(query).page(of: uploads)
        }
    }

    /// Ends an upload and removes all of its parts, durably.
    ///
    /// A part that is on its way is refused at its end.
    ///
    /// - Returns: False when it was not there.
    /// - Throws: ``ObjectStoreError/noSuchBucket(_:)``, ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    @discardableResult
    package func abortMultipart(_ upload: MultipartUpload) async throws(ObjectStoreError) -> Bool {
        try await threads.run { [folder] () throws(ObjectStoreError) in try folder.abort(upload) }
    }

    /// Ends every unfinished upload, of all buckets, that was started too long ago.
    ///
    /// - Parameter limit: Uploads started before this time are ended, in milliseconds since 1970.
    /// - Returns: How many there were.
    /// - Throws: ``ObjectStoreError/storageUnavailable(operation:errno:)``.
    @discardableResult
    package func sweepMultiparts(startedBefore limit: Int64) async throws(ObjectStoreError) -> Int {
        try await threads.run { [folder, buckets] () throws(ObjectStoreError) in
            var count = 0
            for bucket in buckets {
                for id in try folder.uploadIDs(in: bucket) where id.startedAt < limit {
                    if try folder.remove(id, in: bucket) { count += 1 }
                }
            }
            return count
        }
    }
}
