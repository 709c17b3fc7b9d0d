import SigV4

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension PostPolicy {
    /// Reads the field `policy`.
    ///
    /// - Parameter base64: The document in base64, without line breaks.
    /// - Throws: `InvalidPolicyDocument`, saying what is wrong.
    init(base64: String) throws(S3Error) {
        guard let bytes = Base64.decode(base64), !bytes.isEmpty else {
            throw .invalidPolicyDocument("invalid Base64 encoding.")
        }
        do {
            self = try JSONDecoder().decode(PostPolicy.self, from: Data(bytes))
        } catch let error as S3Error {
            throw error
        } catch {
            throw .invalidPolicyDocument("Invalid JSON.")
        }
    }
}

/// A key of a JSON object, whatever it is.
private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension PostPolicy: Decodable {
    /// Reads `{"expiration": "…", "conditions": […]}` and nothing else.
    init(from decoder: any Decoder) throws {
        let document = try decoder.container(keyedBy: AnyKey.self)
        for key in document.allKeys where key.stringValue != "expiration" && key.stringValue != "conditions" {
            throw S3Error.invalidPolicyDocument("Unexpected: '\(key.stringValue)'")
        }
        expiration = try Self.expiration(in: document)
        conditions = try Self.conditions(in: document)
    }

    private static func expiration(in document: KeyedDecodingContainer<AnyKey>) throws -> SigningDate {
        let key = AnyKey(stringValue: "expiration")
        guard document.contains(key) else { throw S3Error.invalidPolicyDocument("Policy missing expiration.") }
        let text = (try? document.decode(String.self, forKey: key)) ?? ""
        guard let date = SigningDate(iso8601: text) else {
            throw S3Error.invalidPolicyDocument("Invalid 'expiration' value: '\(text)'")
        }
        return date
    }

    private static func conditions(in document: KeyedDecodingContainer<AnyKey>) throws -> [Condition] {
        let key = AnyKey(stringValue: "conditions")
        guard document.contains(key) else { throw S3Error.invalidPolicyDocument("Policy missing conditions.") }
        guard var list = try? document.nestedUnkeyedContainer(forKey: key) else {
            throw S3Error.invalidPolicyDocument("Invalid 'conditions' value: must be a List.")
        }
        var conditions: [Condition] = []
        while !list.isAtEnd { conditions.append(try list.decode(Condition.self)) }
        return conditions
    }
}

extension PostPolicy.Condition: Decodable {
    /// Reads `{"field": "value"}`, `["eq", "$field", "value"]`, `["starts-with", "$field", "start"]` or
    /// `["content-length-range", minimum, maximum]`.
    init(from decoder: any Decoder) throws {
        if var list = try? decoder.unkeyedContainer() {
            try self.init(list: &list)
        } else if let object = try? decoder.container(keyedBy: AnyKey.self) {
            try self.init(object: object)
        } else {
            throw S3Error.invalidPolicyDocument("Invalid condition test: must be a List or Object.")
        }
    }

    private init(object: KeyedDecodingContainer<AnyKey>) throws {
        guard object.allKeys.count == 1, let key = object.allKeys.first else {
            throw S3Error.invalidPolicyDocument(
                "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."
            )
        }
        guard let value = try? object.decode(String.self, forKey: key) else {
            throw S3Error.invalidPolicyDocument("Invalid Simple-Condition: value must be a string.")
        }
        self = .equals(field: key.stringValue.lowercased(), value)
    }

    private init(list: inout any UnkeyedDecodingContainer) throws {
        guard let name = try? list.decode(String.self) else {
            throw S3Error.invalidPolicyDocument("Invalid Condition: missing operation identifier.")
        }
        guard list.count == 3 else {
            throw S3Error.invalidPolicyDocument("Invalid \(name): wrong number of arguments.")
        }
        switch name.lowercased() {
        case "eq":
            let (field, value) = try Self.fieldAndText(of: &list, in: name)
            self = .equals(field: field, value)
        case "starts-with":
            let (field, start) = try Self.fieldAndText(of: &list, in: name)
            self = .startsWith(field: field, start)
        case "content-length-range":
            let minimum = try Self.number(of: &list, in: name)
            let maximum = try Self.number(of: &list, in: name)
            guard minimum <= maximum else {
                throw S3Error.invalidPolicyDocument("Invalid \(name): the minimum is over the maximum.")
            }
            self = .byteCount(minimum...maximum)
        default:
            throw S3Error.invalidPolicyDocument("Invalid Condition: unknown operation '\(name)'.")
        }
    }

    private static func fieldAndText(
        of list: inout any UnkeyedDecodingContainer,
        in name: String
    ) throws -> (field: String, text: String) {
        guard let field = try? list.decode(String.self), field.hasPrefix("$"), let text = try? list.decode(String.self)
        else { throw S3Error.invalidPolicyDocument("Invalid \(name): must be a \"$field\" and a string.") }
        return (field.dropFirst().lowercased(), text)
    }

    /// A number of bytes, which some clients write as a string.
    private static func number(of list: inout any UnkeyedDecodingContainer, in name: String) throws -> Int64 {
        let number = (try? list.decode(Int64.self)) ?? (try? list.decode(String.self)).flatMap { Int64($0) }
        guard let number, number >= 0 else {
            throw S3Error.invalidPolicyDocument("Invalid \(name): must be two numbers of bytes.")
        }
        return number
    }
}
