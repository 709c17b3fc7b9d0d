extension Gallery {
    /// The most images one page may have.
    package static var maximumPageSize: Int { 200 }

    /// One page, newest first.
    package func page(after cursor: PageCursor?, limit: Int) async throws(GalleryError) -> ImagePage {
        try await catalog.page(after: cursor, limit: min(max(limit, 1), Self.maximumPageSize))
    }

    /// What is known of an upload now; `nil` when nothing is.
    package func state(of id: ImageID) async throws(GalleryError) -> ImageState? {
        if let state = try await catalog.state(of: id) { return state }
        if try await storage.incoming(id) != nil { return .incoming }
        // Ingest may have finished between the two looks.
        return try await catalog.state(of: id)
    }

    /// What is known of an upload as soon as that is final, or when the wait is over.
    ///
    /// To ask is to tell: bytes that lie in a store which sends no events are looked at because somebody waits for
    /// them.
    ///
    /// - Throws: `CancellationError` when the asker has gone.
    package func state(of id: ImageID, waiting wait: Duration) async throws -> ImageState? {
        let announcements = watch.announcements(of: id)
        let known = try await state(of: id)
        guard wait > .zero, known?.isFinal != true else { return known }
        if known == .incoming { signals?.uploadArrived(id) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in announcements { return } }
            group.addTask { try? await Task.sleep(for: wait) }
            if catalog.isShared { group.addTask { await self.lookForNews(of: id) } }
            await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
        return try await state(of: id)
    }

    /// Returns when the catalog has a final word: another process may have looked at the upload, and nothing tells us.
    private func lookForNews(of id: ImageID) async {
        var pause = Duration.milliseconds(100)
        while (try? await Task.sleep(for: pause)) != nil {
            if (try? await catalog.state(of: id))??.isFinal == true { return }
            pause = min(pause * 2, .seconds(1))
        }
    }
}
