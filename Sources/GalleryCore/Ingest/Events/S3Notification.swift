/// `{"Records": […]}`: the notifications of AWS, MinIO and Ceph (AWS, notification-content-structure).
struct S3Notification: Decodable {
    /// The objects that were stored, in the message's order.
    let stored: [ObjectAddress]

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        stored = try object.decode([Readable<Record>].self, forKey: .records).compactMap { $0.value?.stored }
    }

    private struct Record: Decodable {
        let eventName: String
        let eventSource: String?
        let s3: Place

        struct Place: Decodable {
            let bucket: Bucket
            let object: Object
        }

        struct Bucket: Decodable {
            let name: String
        }

        struct Object: Decodable {
            let key: String
        }

        /// Where an object was stored; `nil` for every other event.
        var stored: ObjectAddress? {
            // MinIO and some Cephs write `s3:ObjectCreated:Put`.
            let name = eventName.hasPrefix("s3:") ? eventName.dropFirst(3) : eventName[...]
            guard name.hasPrefix("ObjectCreated:"), let key else { return nil }
            return ObjectAddress(bucket: s3.bucket.name, key: key)
        }

        /// Keys are form-encoded, `+` for a space; Ceph sends them as they are.
        private var key: String? {
            eventSource == "ceph:s3" ? s3.object.key : URLText.decode(formField: s3.object.key)
        }
    }
}

/// A value, or nothing where another shape stands: one strange record does not spoil its neighbours.
private struct Readable<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) throws {
        value = try? Value(from: decoder)
    }
}
