/// What stores tell of.
extension Gallery {
    /// Has ingest look at those of the objects that are uploads of this gallery.
    ///
    /// May be told twice, late, in any order, and of what never was: ingest looks at what is there.
    ///
    /// - Parameter addresses: Where a store says that objects were stored, in any of its buckets.
    /// - Returns: How many of them are uploads' places.
    @discardableResult
    package func noticeUploads(at addresses: [ObjectAddress]) -> Int {
        let ids = uploadIDs(at: addresses)
        for id in ids { signals?.uploadArrived(id) }
        return ids.count
    }

    /// The uploads of this gallery that arrive at such addresses, each once.
    package func uploadIDs(at addresses: [ObjectAddress]) -> Set<ImageID> {
        Set(addresses.compactMap(uploadID))
    }

    /// The id whose bytes arrive there; the store knows bucket and prefix.
    private func uploadID(at address: ObjectAddress) -> ImageID? {
        guard let id = ImageID(rawValue: String(address.key.suffix(ImageID.length))) else { return nil }
        return storage.address(of: id) == address ? id : nil
    }
}
