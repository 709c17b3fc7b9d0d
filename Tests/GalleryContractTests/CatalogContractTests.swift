import GalleryCore
import GalleryTesting
import Testing

@Suite("Every catalog")
struct CatalogContractTests {
    @Test("gives back what was published, by id and by bytes", arguments: CatalogBackend.allCases)
    func roundTrip(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let image = try GalleryImage.sample(1)
            #expect(try await catalog.publish(image) == image)
            #expect(try await catalog.state(of: image.id) == .ready(image))
            #expect(try await catalog.image(with: image.digest, of: nil) == image)
            #expect(try await catalog.state(of: .random()) == nil)
            #expect(try await catalog.image(with: GalleryImage.sample(2).digest, of: nil) == nil)
        }
    }

    @Test("replaces what is known of a picture's files, and nothing else", arguments: CatalogBackend.allCases)
    func update(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let images = try (0..<3).map { try GalleryImage.sample($0) }
            for image in images { _ = try await catalog.publish(image) }
            let new = try GalleryImage.sample(1, id: images[1].id, details: ImageDetails())
            #expect(try await catalog.update(new))
            #expect(try await catalog.state(of: new.id) == .ready(new))
            #expect(try await catalog.page(after: nil, limit: 9).images == [images[2], new, images[0]])
            #expect(try await catalog.image(with: new.digest, of: nil) == new)
            try await catalog.remove(new.id)
            #expect(try await !catalog.update(new), "removed meanwhile")
            #expect(try await catalog.page(after: nil, limit: 9).images == [images[2], images[0]])
        }
    }

    @Test("publishes once however often it is told", arguments: CatalogBackend.allCases)
    func idempotent(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let image = try GalleryImage.sample(1)
            for _ in 0..<3 { #expect(try await catalog.publish(image) == image) }
            #expect(try await catalog.page(after: nil, limit: 10) == ImagePage(images: [image], next: nil))
        }
    }

    @Test("keeps the first of equal bytes, and leads later ids to it", arguments: CatalogBackend.allCases)
    func duplicates(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let first = try GalleryImage.sample(1)
            let second = try GalleryImage.sample(1)
            #expect(try await catalog.publish(first) == first)
            #expect(try await catalog.publish(second) == first)
            #expect(try await catalog.publish(second) == first)
            #expect(try await catalog.state(of: second.id) == .ready(first))
            #expect(try await catalog.page(after: nil, limit: 10).images == [first])
        }
    }

    @Test("leads a later id to the bytes that are there, if there are any", arguments: CatalogBackend.allCases)
    func leads(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let image = try GalleryImage.sample(1)
            let later = ImageID.random()
            #expect(try await catalog.lead(later, to: image.digest, of: nil) == nil)
            #expect(try await catalog.state(of: later) == nil)
            _ = try await catalog.publish(image)
            for id in [later, later, image.id] {
                #expect(try await catalog.lead(id, to: image.digest, of: nil) == image)
            }
            #expect(try await catalog.state(of: later) == .ready(image))
            try await catalog.remove(image.id)
            #expect(try await catalog.state(of: later) == nil)
            #expect(try await catalog.lead(later, to: image.digest, of: nil) == nil)
        }
    }

    @Test("lets one of many racing publishers of equal bytes win", arguments: CatalogBackend.allCases)
    func race(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let images = try (0..<16).map { _ in try GalleryImage.sample(7) }
            let winners = try await withThrowingTaskGroup(of: GalleryImage.self) { group in
                for image in images { group.addTask { try await catalog.publish(image) } }
                return try await group.reduce(into: Set<ImageID>()) { $0.insert($1.id) }
            }
            #expect(winners.count == 1)
            #expect(try await catalog.page(after: nil, limit: 10).images.map(\.id) == Array(winners))
        }
    }

    @Test("remembers refusals, but never takes a published picture back", arguments: CatalogBackend.allCases)
    func rejections(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let id = ImageID.random()
            try await catalog.reject(id, .unreadable)
            #expect(try await catalog.state(of: id) == .rejected(.unreadable))
            let image = try GalleryImage.sample(1)
            _ = try await catalog.publish(image)
            try await catalog.reject(image.id, .unreadable)
            #expect(try await catalog.state(of: image.id) == .ready(image))
        }
    }

    @Test(
        "pages newest first, without gaps or doubles, for every page size",
        arguments: CatalogBackend.allCases,
        [1, 2, 7, 50]
    )
    func paging(backend: CatalogBackend, size: Int) async throws {
        try await backend.withCatalog { catalog in
            let images = try (0..<23).map { try GalleryImage.sample($0) }
            for image in images { _ = try await catalog.publish(image) }
            var seen: [GalleryImage] = []
            var cursor: PageCursor?
            repeat {
                let page = try await catalog.page(after: cursor, limit: size)
                #expect(page.images.count <= size)
                seen += page.images
                cursor = page.next
            } while cursor != nil
            #expect(seen == images.reversed())
        }
    }

    @Test("does not shift a page when newer pictures arrive", arguments: CatalogBackend.allCases)
    func stablePages(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let images = try (0..<6).map { try GalleryImage.sample($0) }
            for image in images.prefix(4) { _ = try await catalog.publish(image) }
            let first = try await catalog.page(after: nil, limit: 2)
            for image in images.suffix(2) { _ = try await catalog.publish(image) }
            #expect(try await catalog.page(after: first.next, limit: 2).images == [images[1], images[0]])
        }
    }

    @Test("forgets a picture with its aliases, so that its bytes may come again", arguments: CatalogBackend.allCases)
    func removal(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let images = try (0..<5).map { try GalleryImage.sample($0) }
            for image in images { _ = try await catalog.publish(image) }
            let alias = try GalleryImage.sample(2)
            _ = try await catalog.publish(alias)
            try await catalog.remove(alias.id)
            #expect(try await catalog.state(of: images[2].id) == .ready(images[2]), "an alias removes nothing")
            for _ in 0..<2 { try await catalog.remove(images[2].id) }
            #expect(try await catalog.state(of: images[2].id) == nil)
            #expect(try await catalog.state(of: alias.id) == nil)
            #expect(try await catalog.image(with: alias.digest, of: nil) == nil)
            #expect(try await catalog.page(after: nil, limit: 2).images == [images[4], images[3]])
            let rest = try await catalog.page(after: nil, limit: 2).next
            #expect(try await catalog.page(after: rest, limit: 9).images == [images[1], images[0]])
            #expect(try await catalog.publish(alias) == alias)
            #expect(try await catalog.page(after: nil, limit: 1).images == [alias])
        }
    }

    @Test("keeps equal bytes of different owners apart", arguments: CatalogBackend.allCases)
    func owners(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let (ann, bob) = (OwnerID(issuer: "i", subject: "ann"), OwnerID(issuer: "i", subject: "bob"))
            let images = try [nil, ann, bob].map { try GalleryImage.sample(1, owner: $0) }
            for image in images { #expect(try await catalog.publish(image) == image) }
            #expect(try await catalog.page(after: nil, limit: 5).images == images.reversed())
            for image in images {
                #expect(try await catalog.image(with: image.digest, of: image.owner) == image)
                let later = ImageID.random()
                #expect(try await catalog.lead(later, to: image.digest, of: image.owner) == image)
                #expect(try await catalog.state(of: later) == .ready(image))
            }
            try await catalog.remove(images[1].id)
            #expect(try await catalog.image(with: images[1].digest, of: ann) == nil)
            #expect(try await catalog.image(with: images[1].digest, of: bob) == images[2])
            #expect(try await catalog.image(with: images[1].digest, of: nil) == images[0])
        }
    }

    @Test("remembers whose an upload is, the first to be named", arguments: CatalogBackend.allCases)
    func bindings(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let (ann, bob) = (OwnerID(issuer: "i", subject: "ann"), OwnerID(issuer: "i", subject: "bob"))
            let id = ImageID.random()
            #expect(try await catalog.owner(of: id) == nil)
            for owner in [ann, ann, bob] { try await catalog.bind(id, to: owner) }
            #expect(try await catalog.owner(of: id) == ann)
            #expect(try await catalog.owner(of: .random()) == nil)
            #expect(try await catalog.state(of: id) == nil)
        }
    }

    @Test("gives one worker at a time the right to look at an upload", arguments: CatalogBackend.allCases)
    func leases(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog, clock in
            let (first, second) = (WorkerID.random(), WorkerID.random())
            let id = ImageID.random()
            #expect(try await catalog.lease(id, to: first, seconds: 30))
            #expect(try await catalog.lease(id, to: first, seconds: 30), "who has it may renew it")
            #expect(try await !catalog.lease(id, to: second, seconds: 30))
            #expect(try await catalog.lease(.random(), to: second, seconds: 30))
            try await catalog.release(id, by: second)
            #expect(try await !catalog.lease(id, to: second, seconds: 30), "nobody else can end it")
            for _ in 0..<2 { try await catalog.release(id, by: first) }
            #expect(try await catalog.lease(id, to: second, seconds: 30))
            clock.advance(bySeconds: 29)
            #expect(try await !catalog.lease(id, to: first, seconds: 30))
            clock.advance(bySeconds: 1)
            #expect(try await catalog.lease(id, to: first, seconds: 30), "that of a worker that stopped runs out")
            #expect(try await !catalog.lease(id, to: second, seconds: 30))
            #expect(try await catalog.state(of: id) == nil)
        }
    }

    @Test("gives one of many workers that want it at once the right to look", arguments: CatalogBackend.allCases)
    func racingLeases(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            let id = ImageID.random()
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<16 { group.addTask { try await catalog.lease(id, to: .random(), seconds: 30) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(winners == 1)
        }
    }

    @Test("has an empty page beyond the end", arguments: CatalogBackend.allCases)
    func beyondTheEnd(backend: CatalogBackend) async throws {
        try await backend.withCatalog { catalog in
            #expect(try await catalog.page(after: nil, limit: 5) == ImagePage(images: [], next: nil))
            _ = try await catalog.publish(GalleryImage.sample(1))
            #expect(
                try await catalog.page(after: PageCursor(position: 1), limit: 5) == ImagePage(images: [], next: nil)
            )
        }
    }
}
