import HTTPTypes

/// What a request is made of, shown by routes that answer by what they saw.
extension HostCase {
    static let wires: [HostCase] = [
        HostCase("paths with encoded characters") { talk in
            for name in [
                "plain", "a%20b", "%C3%A4%F0%9F%98%80", "100%25", "a+b", "%2B", "a%26b%3Dc",
                "%22%3C%3E%5C%5E%60%7B%7C%7D", "%2525", "a:b@c", "a;b=c", "%5Bx%5D", "~-._",
            ] {
                try await talk.get("/echo/\(name)")
            }
        },
        HostCase("queries with encoded and repeated names") { talk in
            for query in [
                "a=1&b=3", "a=%20&b=%2B&c=%25", "a=%C3%A4&%C3%A4=1", "a&b=&c", "a=b%3Dc&d=e%26f", "x=%F0%9F%98%80",
                "a=1;b=2", "a=/?:@!$'()*,",
            ] {
                try await talk.get("/echo/q?\(query)")
            }
        },
        HostCase("queries that name something several times", except: [.balancer]) { talk in
            for query in ["a=1&a=2&b=3", "a=&a=&a", "a=1&b=2&a=3", "%61=1&a=2"] {
                try await talk.get("/echo/q?\(query)")
            }
        },
        HostCase("headers whole: dates, lists, quotes, and what is repeated") { talk in
            try await talk.get("/echo/h", ["if-modified-since": "Sun, 22 Nov 2026 19:00:00 GMT"])
            try await talk.get(
                "/echo/h",
                ["user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"]
            )
            try await talk.get("/echo/h", ["x-odd": "\"a,b\", c; d=\"e\\\"f\"\t<>"])
            var twice: HTTPFields = [:]
            twice.append(HTTPField(name: .accept, value: "text/html"))
            twice.append(HTTPField(name: .accept, value: "image/*;q=0.5"))
            try await talk.ask(Call(.get, "/echo/h", twice))
        },
        HostCase("cookies both ways") { talk in
            for cookies in ["a=1", "a=1; b=2", "a=\"x,y\"; b=", "a=1; a=2; c=3"] {
                try await talk.get("/echo/c", ["cookie": cookies])
            }
            try await talk.get("/cookies")
            try await talk.ask(Call(.head, "/cookies"))
        },
        HostCase("bodies of text and of every byte") { talk in
            let all = Array(UInt8.min...UInt8.max)
            for type in ["image/png", "application/octet-stream", "application/pdf"] {
                try await talk.ask(Call(.post, "/echo/b", [.contentType: type], body: all))
            }
            for (type, text) in [
                ("text/plain", "ä\"\\\r\n\t\u{1}😀"), ("application/json", "{\"a\":\"\u{FFFD}\"}"),
                ("text/plain", "\u{0}"),
            ] {
                try await talk.ask(Call(.post, "/echo/b", [.contentType: type], body: Array(text.utf8)))
            }
            try await talk.ask(Call(.post, "/echo/b", [.contentType: "image/png"]))
            let large = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await talk.ask(
                Call(.post, "/echo/b", [.contentType: "image/png"], body: Array(large))
            )
        },
        HostCase("answers of bytes, and answers made piece by piece") { talk in
            for path in ["/bytes", "/pieces"] {
                try await talk.get(path)
                try await talk.ask(Call(.head, path))
            }
        },
    ]
}
