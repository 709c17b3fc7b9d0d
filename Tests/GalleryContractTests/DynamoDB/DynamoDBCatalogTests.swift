import DynamoDB
import Foundation
import GalleryAWS
import GalleryCore
import GalleryTesting
import Testing

@Suite("The catalog in a table")
struct DynamoDBCatalogTests {
    @Test("is one for all processes: equal bytes have one winner, whoever brings them", arguments: TableJudge.all)
    func processes(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            let catalogs = (0..<4).map { _ in bench.catalog() }
            let winners = try await withThrowingTaskGroup(of: GalleryImage.self) { group in
                for number in 0..<12 {
                    let image = try GalleryImage.sample(number % 3)
                    group.addTask { try await catalogs[number % 4].publish(image) }
                }
                return try await group.reduce(into: Set<GalleryImage>()) { $0.insert($1) }
            }
            #expect(winners.count == 3)
            for catalog in catalogs {
                #expect(Set(try await catalog.page(after: nil, limit: 12).images) == winners)
            }
        }
    }

    @Test("survives publishers, leaders and removers of the same bytes at once", arguments: TableJudge.all)
    func turmoil(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            let catalog = bench.catalog()
            let images = try (0..<8).map { _ in try GalleryImage.sample(1) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, image) in images.enumerated() {
                    group.addTask { _ = try await catalog.publish(image) }
                    group.addTask { _ = try await catalog.lead(.random(), to: image.digest, of: nil) }
                    if index % 2 == 0 { group.addTask { try await catalog.remove(image.id) } }
                }
                try await group.waitForAll()
            }
            // Whatever won: page, digest and id tell the same, and there is at most one.
            let page = try await catalog.page(after: nil, limit: 9).images
            #expect(page.count <= 1)
            #expect(try await catalog.image(with: images[0].digest, of: nil) == page.first)
            if let image = page.first {
                #expect(try await catalog.state(of: image.id) == .ready(image))
                try await catalog.remove(image.id)
            }
            for image in images { #expect(try await catalog.state(of: image.id) == nil) }
            #expect(try await catalog.publish(images[0]) == images[0])
        }
    }

    @Test("forgets refusals and bindings when their time is over, also before DynamoDB does", arguments: TableJudge.all)
    func expiry(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            let clock = FixedClock(Date())
            let catalog = bench.catalog(now: { clock.now })
            let id = ImageID.random()
            let owner = OwnerID(issuer: "i", subject: "s")
            try await catalog.reject(id, .unreadable)
            try await catalog.bind(id, to: owner)
            clock.advance(bySeconds: 24 * 3600)
            #expect(try await catalog.state(of: id) == .rejected(.unreadable))
            clock.advance(bySeconds: 2)
            #expect(try await catalog.state(of: id) == nil)
            #expect(try await catalog.owner(of: id) == owner)
            clock.advance(bySeconds: 29 * 24 * 3600)
            #expect(try await catalog.owner(of: id) == nil)
        }
    }

    @Test("keeps the order of what one process publishes, also when its clock stands", arguments: TableJudge.all)
    func order(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            let catalog = bench.catalog(now: { Date(timeIntervalSince1970: 1_795_374_000) })
            let images = try (0..<40).map { try GalleryImage.sample($0) }
            for image in images { _ = try await catalog.publish(image) }
            #expect(try await catalog.page(after: nil, limit: 40).images == images.reversed())
        }
    }

    @Test("forgets many aliases with their picture", arguments: TableJudge.all)
    func manyAliases(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            let catalog = bench.catalog()
            let image = try GalleryImage.sample(1)
            _ = try await catalog.publish(image)
            let aliases = (0..<30).map { _ in ImageID.random() }
            for id in aliases { _ = try await catalog.lead(id, to: image.digest, of: nil) }
            try await catalog.remove(image.id)
            for id in aliases {
                let key: Item = ["pk": .string("image#\(id)"), "sk": .string("image")]
                #expect(try await bench.client.item(key, in: bench.table) == nil)
            }
        }
    }

    @Test("fails, but does not crash, on items of a newer imgn and on damaged ones", arguments: TableJudge.all)
    func damage(judge: TableJudge) async throws {
        let picture: Item = [
            "v": .integer(1), "kind": .string("picture"), "position": .integer(1), "width": .integer(1),
        ]
        let items: [Item] = [
            [:], ["v": .string("1")], ["v": .integer(2), "kind": .string("picture")], ["v": .integer(0)],
            ["v": .integer(1)], ["v": .integer(1), "kind": .string("hologram")], picture,
            ["v": .integer(1), "kind": .string("alias"), "to": .string("../../etc")],
            ["v": .integer(1), "kind": .string("rejection"), "reason": .string("whim"), "detail": .string("")],
            ["v": .integer(1), "kind": .string("rejection"), "expires": .number("1.5")],
        ]
        try await judge.withTable { bench in
            let catalog = bench.catalog()
            for item in items {
                let id = ImageID.random()
                try await bench.plant(item, for: id)
                let error = await #expect(throws: GalleryError.self) { try await catalog.state(of: id) }
                guard case .storageUnavailable = error else {
                    Issue.record("\(item): \(String(describing: error))")
                    continue
                }
            }
        }
    }

    @Test("says what is wrong with its table", arguments: TableJudge.all)
    func table(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            try await bench.catalog().checkTable()
            try await bench.catalog().makeTable()
            let absent = try TableName("imgn-absent-\(ImageID.random())").unwrapped()
            let other = try TableName("imgn-other-\(ImageID.random())").unwrapped()
            try await bench.client.create(other, partition: "id", sort: "name")
            for table in [absent, other] {
                let catalog = DynamoDBImageCatalog(bench.client, table: table, now: { Date() })
                let error = await #expect(throws: GalleryError.self) { try await catalog.checkTable() }
                #expect(error.map { "\($0)".contains(table.rawValue) } == true)
            }
        }
    }

    @Test("reads and writes batches", arguments: TableJudge.all)
    func batches(judge: TableJudge) async throws {
        try await judge.withTable { bench in
            let keys: [Item] = (0..<130).map { ["pk": .string("batch"), "sk": .string("\($0)")] }
            try await bench.client.write(keys.map(BatchWrite.put), in: bench.table)
            let found = try await bench.client.items(keys, in: bench.table)
            #expect(Set(found) == Set(keys))
            try await bench.client.write(keys.map(BatchWrite.delete), in: bench.table)
            #expect(try await bench.client.items(keys, in: bench.table).isEmpty)
            let counted = ["pk": AttributeValue.string("count"), "sk": .string("count")]
            for number in 1...3 {
                let item = try await bench.client.update(counted, in: bench.table, Update(add: ["n": .integer(1)]))
                #expect(item["n"]?.integer == Int64(number))
            }
        }
    }
}
