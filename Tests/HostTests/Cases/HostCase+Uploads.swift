import GalleryCore
import GalleryTesting
import HTTPTypes

/// Tickets for whole files and for parts.
extension HostCase {
    private static let digest = Calls.sha256([1, 2, 3])

    static let uploads: [HostCase] = [
        HostCase("a ticket, the upload, and the picture") { talk in
            let picture = ImageBuilder.png(width: 12, height: 7)
            let file: [String: Any] = [
                "name": "Käse \"1\".png", "type": "image/png", "size": picture.count, "sha256": Calls.sha256(picture),
            ]
            let ticket = try await talk.post("/api/uploads", file)
            let id = ticket.string("id")
            try await talk.get("/api/images/\(id)")
            try await talk.post("/api/uploads/complete", ["token": ticket.string("token")])
            if let id = ImageID(rawValue: id) {
                talk.bench.storage.put(picture, as: id, name: "Käse \"1\".png")
                try await talk.post("/api/uploads/complete", ["token": ticket.string("token")])
                _ = try await talk.bench.gallery.ingest(id)
            }
            try await talk.get("/api/images/\(id)?wait=1")
            try await talk.post("/api/uploads/complete", ["token": ticket.string("token")])
            try await talk.post("/api/uploads", file)
            try await talk.ask(
                Call(.delete, "/api/images/\(id)", [.authorization: "Bearer \(ticket.string("deleteToken"))"])
            )
            try await talk.get("/api/images/\(id)")
        },
        HostCase("an upload that is no picture is refused in the same words") { talk in
            for (index, bytes) in [
                Array("<!doctype html>".utf8), Array("%PDF-1.4".utf8), [0, 1, 2], Array("GIF89a".utf8),
            ].enumerated() {
                let file: [String: Any] = [
                    "name": "x\(index)", "type": "image/png", "size": bytes.count, "sha256": Calls.sha256(bytes),
                ]
                let ticket = try await talk.post("/api/uploads", file)
                guard let id = ImageID(rawValue: ticket.string("id")) else { continue }
                talk.bench.storage.put(bytes, as: id)
                _ = try? await talk.bench.gallery.ingest(id)
                try await talk.get("/api/images/\(id)")
                try await talk.post("/api/uploads/complete", ["token": ticket.string("token")])
            }
        },
        HostCase("ticket requests that make no sense", HostSetting(uploadBytes: 1000)) { talk in
            let bodies: [Any] = [
                [String: Any](), ["size": 3], ["size": 0, "sha256": digest], ["size": -1, "sha256": digest],
                ["size": "3"],
                ["size": 1001, "sha256": digest], ["size": 3, "sha256": "x"], ["size": 3, "sha256": ""], [1, 2], "x", 5,
                ["size": 3, "sha256": digest, "name": 5],
                ["size": 3, "sha256": digest, "name": String(repeating: "ä", count: 2000)],
                ["size": 3, "sha256": digest, "name": "../../etc/passwd\u{0}\n", "type": "text/html\r\nx: y"],
                ["size": 3, "sha256": digest, "name": "😀", "type": ""], ["size": 3.5, "sha256": digest],
                ["size": 9_000_000_000_000_000_000 as Int64, "sha256": digest],
            ]
            for body in bodies { try await talk.post("/api/uploads", body) }
            for text in ["", "{", "not json", "{\"size\":3", "\u{0}", "[]", "null", "{\"size\":1e400}"] {
                try await talk.ask(
                    Call(.post, "/api/uploads", [.contentType: "application/json"], body: Array(text.utf8))
                )
                try await talk.ask(Call(.post, "/api/uploads", body: Array(text.utf8)))
            }
            let large = Calls.json(
                .post,
                "/api/uploads",
                ["size": 3, "sha256": digest, "pad": String(repeating: "x", count: 70_000)]
            )
            try await talk.ask(large)
        },
        HostCase("requests with every content type that somebody sends") { talk in
            let body = Array("{\"size\":3,\"sha256\":\"\(digest)\",\"name\":\"ü\"}".utf8)
            for type in [
                "application/json", "application/json; charset=utf-8", "text/plain",
                "application/x-www-form-urlencoded", "image/png", "a", "",
            ] {
                try await talk.ask(Call(.post, "/api/uploads", [.contentType: type], body: body))
            }
        },
        HostCase("tokens that are none, old ones, and others'") { talk in
            let file: [String: Any] = ["name": "a", "type": "image/png", "size": 3, "sha256": digest]
            let token = try await talk.post("/api/uploads", file).string("token")
            for bad in ["", "x", "a.b", token + "x", String(token.dropLast()), token.uppercased(), "\(token).\(token)"]
            {
                for path in ["/api/uploads/complete", "/api/uploads/parts"] {
                    try await talk.post(path, ["token": bad, "parts": [["number": 1, "sha256": digest]]])
                }
                try await talk.ask(Calls.json(.delete, "/api/uploads", ["token": bad]))
                try await talk.get("/api/uploads/parts?token=\(Calls.encoded(bad))")
            }
            talk.bench.clock.advance(bySeconds: 100_000)
            try await talk.post("/api/uploads/complete", ["token": token])
            try await talk.get("/api/uploads/parts?token=\(token)")
        },
    ]

    static let parts: [HostCase] = [
        HostCase("an upload in parts, from the plan to the picture") { talk in
            let picture = ImageBuilder.png(width: 7, height: 5)
            let bytes = picture + [UInt8](repeating: 0, count: (16 << 20) + 5 - picture.count)
            let token = try await talk.post("/api/uploads", ["name": "big.png", "size": bytes.count]).string("token")
            let path = "/api/uploads/parts?token=\(token)"
            try await talk.get(path)
            try await talk.ask(Call(.head, path))
            for (number, range) in [(1, 0..<8 << 20), (2, 8 << 20..<16 << 20), (3, 16 << 20..<bytes.count)] {
                let part = Array(bytes[range])
                try await talk.post(
                    "/api/uploads/parts",
                    ["token": token, "parts": [["number": number, "sha256": digest]]]
                )
                try await talk.post("/api/uploads/complete", ["token": token])
                if let upload = talk.bench.storage.multiparts.first {
                    talk.bench.storage.putPart(part, number: number, of: upload)
                }
                try await talk.get(path)
            }
            try await talk.post("/api/uploads/complete", ["token": token])
            try await talk.post("/api/uploads/complete", ["token": token])
            try await talk.ask(Calls.json(.delete, "/api/uploads", ["token": token]))
        },
        HostCase("an upload in parts is aborted") { talk in
            let token = try await talk.post("/api/uploads", ["name": "big.png", "size": 40 << 20]).string("token")
            try await talk.ask(Calls.json(.delete, "/api/uploads", ["token": token]))
            try await talk.ask(Calls.json(.delete, "/api/uploads", ["token": token]))
            try await talk.get("/api/uploads/parts?token=\(token)")
            try await talk.post("/api/uploads/complete", ["token": token])
        },
        HostCase("parts that make no sense") { talk in
            let token = try await talk.post("/api/uploads", ["name": "big.png", "size": 20 << 20]).string("token")
            let many = (1...101).map { ["number": $0, "sha256": digest] as [String: Any] }
            let lists: [[[String: Any]]] = [
                [], many, [["number": 0, "sha256": digest]], [["number": 4, "sha256": digest]],
                [["number": 1, "sha256": "x"]],
                [["number": 1]], [["number": "1", "sha256": digest]],
            ]
            for parts in lists { try await talk.post("/api/uploads/parts", ["token": token, "parts": parts]) }
            try await talk.post("/api/uploads/parts", ["token": token])
            for query in ["", "?", "?token", "?token=", "?x=1"] {
                try await talk.get("/api/uploads/parts\(query)")
            }
        },
    ]
}
