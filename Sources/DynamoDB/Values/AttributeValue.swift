/// One value of an item.
package indirect enum AttributeValue: Sendable, Hashable {
    /// Text.
    case string(String)
    /// A decimal number of up to 38 digits, as DynamoDB spells it.
    case number(String)
    /// Bytes.
    case binary([UInt8])
    /// True or false.
    case bool(Bool)
    /// Nothing, but there.
    case null
    /// Values in order.
    case list([AttributeValue])
    /// Values by name.
    case map([String: AttributeValue])
    /// Different texts, one at least.
    case stringSet(Set<String>)
    /// Different numbers, one at least.
    case numberSet(Set<String>)
    /// Different byte strings, one at least.
    case binarySet(Set<[UInt8]>)

    /// A whole number.
    package static func integer(_ value: Int64) -> AttributeValue { .number(String(value)) }

    /// The text of a string.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The bytes of a binary value.
    package var binary: [UInt8]? {
        if case .binary(let bytes) = self { bytes } else { nil }
    }

    /// The value of a whole number that fits.
    package var integer: Int64? {
        guard case .number(let text) = self, text.first != "+" else { return nil }
        return Int64(text)
    }

    /// How deep values may be nested in one another; DynamoDB's own limit.
    static let maximumDepth = 32
}

/// The attributes of an item, or the two or one that are its key.
package typealias Item = [String: AttributeValue]
