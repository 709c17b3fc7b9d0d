import Crypto
import GalleryClient
import NIOCore
import NIOHTTP1

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the API and the store answer when nothing is wrong with them.
extension FakeGallery.State {
    private struct Offer: Decodable {
        let size: Int64
        let sha256: String
    }

    private struct Claims: Decodable {
        struct Claim: Decodable {
            let number: Int
            let sha256: String
        }
        let token: String
        var parts: [Claim]?
    }

    mutating func answer(_ request: FakeRequest, _ route: FakeGallery.Route) -> FakeReaction {
        let host = request.headers.first(name: "host") ?? ""
        switch route {
        case .health: return .answer(200, "{}")
        case .ticket: return ticket(request, host)
        case .sign: return sign(request, host)
        case .list: return list(request.query["token"] ?? "")
        case .complete: return complete(request)
        case .put: return put(request)
        case .part(let number): return take(number, request)
        case .abort: return abort(request)
        case .page: return page(request)
        case .remove: return remove(request)
        case .state: return stateOf(String(request.path.split(separator: "/").last ?? ""))
        }
    }

    private func decode<Value: Decodable>(_ request: FakeRequest) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(request.body.readableBytesView))
    }

    private func problem(_ status: Int, _ code: String, more: String = "") -> FakeReaction {
        .answer(status, #"{"status":\#(status),"code":"\#(code)","detail":"It is \#(code)."\#(more)}"#)
    }

    private mutating func ticket(_ request: FakeRequest, _ host: String) -> FakeReaction {
        guard let offer: Offer = decode(request) else { return problem(400, "bad-request") }
        if let id = pictures[offer.sha256] { return .answer(200, picture(id)) }
        lastID += 1
        let (id, token) = ("id\(lastID)", "token \(lastID)/+")
        uploads[token] = FakeGallery.Upload(id: id, size: offer.size, sha256: offer.sha256)
        let common = #""id":"\#(id)","token":"\#(token)","deleteToken":"delete-\#(id)""#
        let plan = PartPlan.forDigest(size: offer.size)
        if plan.count > 1 {
            let parts = #"{"partSize":\#(plan.partSize),"partCount":\#(plan.count)}"#
            return .answer(201, #"{\#(common),"multipart":\#(parts)}"#)
        }
        let url = "http://\(host)/store?token=\(lastID)"
        let headers = #"{"x-amz-checksum-sha256":"\#(offer.sha256)","if-none-match":"*"}"#
        return .answer(201, #"{\#(common),"method":"PUT","url":"\#(url)","headers":\#(headers)}"#)
    }

    private mutating func sign(_ request: FakeRequest, _ host: String) -> FakeReaction {
        guard let claims: Claims = decode(request), let parts = claims.parts else { return problem(400, "bad-request") }
        guard let upload = uploads[claims.token] else { return problem(404, "upload-gone") }
        guard !upload.isComplete else { return problem(409, "already-complete") }
        signedTogether.append(parts.map(\.number))
        let serial = claims.token.split(separator: "/")[0].split(separator: " ")[1]
        let signed = parts.map { part in
            let url = "http://\(host)/store?token=\(serial)&part=\(part.number)"
            return #"{"number":\#(part.number),"url":"\#(url)","headers":{"x-amz-checksum-sha256":"\#(part.sha256)"}}"#
        }
        return .answer(200, #"{"parts":[\#(signed.joined(separator: ","))]}"#)
    }

    private func list(_ token: String) -> FakeReaction {
        guard let upload = uploads[token] else { return problem(404, "upload-gone") }
        guard !upload.isComplete else { return problem(409, "already-complete") }
        let parts = upload.parts.map { number, bytes in
            let digest = Data(SHA256.hash(data: bytes)).base64EncodedString()
            return #"{"number":\#(number),"size":\#(bytes.count),"sha256":"\#(digest)"}"#
        }
        let plan = PartPlan.forDigest(size: upload.size)
        let body =
            #""partSize":\#(plan.partSize),"partCount":\#(plan.count),"parts":[\#(parts.joined(separator: ","))]"#
        return .answer(200, "{\(body)}")
    }

    private mutating func take(_ number: Int, _ request: FakeRequest) -> FakeReaction {
        let token = "token \(request.query["token"] ?? "")/+"
        guard let upload = uploads[token], !upload.isComplete else {
            return .answer(404, "<Error><Code>NoSuchUpload</Code></Error>")
        }
        let bytes = Array(request.body.readableBytesView)
        let range = PartPlan.forDigest(size: upload.size).range(of: number)
        guard bytes.count == range.count else {
            return .answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>")
        }
        guard isRight(bytes, request) else { return .answer(400, "<Error><Code>BadDigest</Code></Error>") }
        uploads[token]?.parts[number] = bytes
        return .answer(200, "")
    }

    private mutating func put(_ request: FakeRequest) -> FakeReaction {
        let token = "token \(request.query["token"] ?? "")/+"
        guard let upload = uploads[token] else { return .answer(403, "") }
        guard upload.bytes == nil else { return .answer(412, "<Error><Code>PreconditionFailed</Code></Error>") }
        let bytes = Array(request.body.readableBytesView)
        guard isRight(bytes, request) else { return .answer(400, "<Error><Code>BadDigest</Code></Error>") }
        uploads[token]?.bytes = bytes
        uploads[token]?.isComplete = true
        if let sha256 = upload.sha256 { pictures[sha256] = upload.id }
        return .answer(200, "")
    }

    private func isRight(_ bytes: [UInt8], _ request: FakeRequest) -> Bool {
        Data(SHA256.hash(data: bytes)).base64EncodedString() == request.headers.first(name: "x-amz-checksum-sha256")
    }

    private mutating func complete(_ request: FakeRequest) -> FakeReaction {
        guard let claims: Claims = decode(request), let upload = uploads[claims.token] else {
            return problem(404, "upload-gone")
        }
        let count = PartPlan.forDigest(size: upload.size).count
        if count > 1, !upload.isComplete {
            let missing = (1...count).filter { upload.parts[$0] == nil }
            guard missing.isEmpty else { return problem(409, "incomplete-upload", more: #","missing":\#(missing)"#) }
            uploads[claims.token]?.isComplete = true
            if let sha256 = upload.sha256 { pictures[sha256] = upload.id }
        }
        return .answer(202, #"{"id":"\#(upload.id)","state":"incoming"}"#)
    }

    private mutating func abort(_ request: FakeRequest) -> FakeReaction {
        guard let claims: Claims = decode(request) else { return problem(400, "bad-request") }
        uploads[claims.token] = nil
        return .answer(204, "")
    }

    /// Pages of two; the cursor is the place in the list.
    private func page(_ request: FakeRequest) -> FakeReaction {
        let start = Int(request.query["after"] ?? "") ?? 0
        let ids = pictures.values.sorted(by: >).dropFirst(start)
        let shown = ids.prefix(min(2, Int(request.query["limit"] ?? "") ?? 2))
        let next = ids.count > shown.count ? #""\#(start + shown.count)""# : "null"
        return .answer(200, #"{"images":[\#(shown.map(picture).joined(separator: ","))],"next":\#(next)}"#)
    }

    private mutating func remove(_ request: FakeRequest) -> FakeReaction {
        let id = request.path.split(separator: "/").last ?? ""
        switch request.headers.first(name: "authorization") {
        case nil: return problem(401, "unauthorized")
        case "Bearer delete-\(id)":
            pictures = pictures.filter { $0.value != id }
            return .answer(204, "")
        default: return problem(403, "invalid-token")
        }
    }

    private func stateOf(_ id: String) -> FakeReaction {
        guard let upload = uploads.values.first(where: { $0.id == id }), upload.isComplete else {
            return problem(404, "image-not-found")
        }
        if let rejection {
            return .answer(200, #"{"id":"\#(id)","state":"rejected","reason":"unreadable","detail":"\#(rejection)"}"#)
        }
        return .answer(200, picture(id))
    }

    private func picture(_ id: String) -> String {
        #"{"id":"\#(id)","state":"ready","name":"n","width":4,"height":3,"size":12,"#
            + #""createdAt":"2026-11-22T19:00:00Z","src":"http://g/images/\#(id).png","page":"http://g/i/\#(id)"}"#
    }
}
