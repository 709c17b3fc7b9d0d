import GalleryTesting
import HTTPTypes

/// Uppy Companion's protocol, and what stores tell.
extension HostCase {
    static let companion: [HostCase] = [
        HostCase("Uppy sends a small file by form or by PUT") { talk in
            let digest = Calls.encoded(Calls.sha256([1, 2]))
            let queries = [
                "filename=a+b%C3%BC.png&type=image%2Fpng&metadata%5Bname%5D=a+b.png",
                "filename=x&type=image/png&size=2&sha256=\(digest)",
                "filename=x&type=image/png&metadata%5Bsize%5D=2&metadata[sha256]=\(digest)", "", "filename=",
                "filename=a%00b",
                "filename=x&size=a&sha256=b", "filename=x&type=%0D%0Ax",
            ]
            for query in queries { try await talk.get("/s3/params?\(query)") }
        },
        HostCase("Uppy sends a large file in parts") { talk in
            let begun = try await talk.post(
                "/s3/multipart",
                ["filename": "a b.png", "type": "image/png", "metadata": ["name": "x"]]
            )
            let path = "/s3/multipart/\(begun.string("uploadId"))"
            let key = "key=\(Calls.encoded(begun.string("key")))"
            for query in [key, "", "key=x", "key="] {
                try await talk.get("\(path)?\(query)")
                try await talk.get("\(path)/1?\(query)")
                try await talk.get("\(path)/batch?\(query)&partNumbers=1,2,10000")
            }
            for numbers in ["", "0", "1,", "1,,2", "a", "10001", "1%2C2", "1, 2"] {
                try await talk.get("\(path)/batch?\(key)&partNumbers=\(Calls.encoded(numbers))")
                try await talk.get("\(path)/\(Calls.encoded(numbers))?\(key)")
            }
            let picture = ImageBuilder.png(width: 7, height: 5)
            if let upload = talk.bench.storage.multiparts.first {
                talk.bench.storage.putPart(picture, number: 1, of: upload)
            }
            try await talk.get("\(path)?\(key)")
            for list in [["parts": [["PartNumber": 1, "ETag": "x"]]], ["parts": []], ["x": 1]] as [[String: Any]] {
                try await talk.post("\(path)/complete?\(key)", list)
            }
            try await talk.post(
                "\(path)/complete?\(key)",
                ["parts": [["PartNumber": 1, "ETag": Calls.sha256(picture)]]]
            )
            try await talk.ask(Call(.delete, "\(path)?\(key)"))
        },
        HostCase("Uppy aborts, and asks what is not there") { talk in
            let begun = try await talk.post("/s3/multipart", ["filename": "x"])
            let path = "/s3/multipart/\(begun.string("uploadId"))?key=\(begun.string("key"))"
            try await talk.ask(Call(.delete, path))
            try await talk.ask(Call(.delete, path))
            try await talk.get(path)
            for target in [
                "/s3/sts", "/s3/nothing", "/s3/multipart/x.y?key=z", "/s3/multipart/%F0%9F%98%80?key=z",
                "/s3/multipart/a%20b?key=z",
            ] {
                try await talk.get(target)
            }
            for body in [["filename": ""], ["filename": 5], [:]] as [[String: Any]] {
                try await talk.post("/s3/multipart", body)
            }
        },
        HostCase("pages of other origins") { talk in
            for origin in ["https://blog.example", "https://evil.example", "null", ""] {
                try await talk.get("/s3/params?filename=x", ["origin": origin])
                let preflight = ["origin": origin, "access-control-request-method": "POST"]
                try await talk.ask(Call(.options, "/s3/multipart", Calls.fields(preflight)))
                try await talk.ask(Call(.options, "/api/uploads", Calls.fields(preflight)))
            }
        },
        HostCase("stores tell of uploads, and others are not believed") { talk in
            let event =
                #"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put","#
                + #""s3":{"bucket":{"name":"memory"},"object":{"key":"incoming%2F222222222222"}}}]}"#
            let bodies = [
                event, "{}", "", "x", "[]", "{\"Type\":\"SubscriptionConfirmation\",\"SubscribeURL\":\"https://x\"}",
            ]
            for body in bodies {
                for authorization in ["Bearer hook-secret+0123456789", "Bearer wrong", ""] {
                    let headers: HTTPFields = [.authorization: authorization, .contentType: "application/json"]
                    try await talk.ask(Call(.post, "/hooks/s3", headers, body: Array(body.utf8)))
                }
            }
            for query in ["token=hook-secret%2B0123456789", "token=hook-secret+0123456789", "token=", "token"] {
                try await talk.ask(Call(.post, "/hooks/s3?\(query)", body: Array(event.utf8)))
            }
            let signature = ["x-imgn-signature": "sha256=" + String(repeating: "0", count: 64)]
            try await talk.ask(Call(.post, "/hooks/s3", Calls.fields(signature), body: Array(event.utf8)))
            let large = [UInt8](repeating: 0x20, count: 300_000)
            try await talk.ask(Call(.post, "/hooks/s3", [.authorization: "Bearer hook-secret+0123456789"], body: large))
        },
    ]
}
