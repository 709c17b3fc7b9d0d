/// Writes expressions with placeholders, and keeps what they stand for.
struct ExpressionWriter {
    private var names: [String: String] = [:]
    private var values: Item = [:]

    /// The placeholders' members of a request.
    var members: [String: RequestDocument?] {
        let texts = Dictionary(uniqueKeysWithValues: names.map { ($0.value, RequestDocument.text($0.key)) })
        return [
            "ExpressionAttributeNames": texts.isEmpty ? nil : .object(texts),
            "ExpressionAttributeValues": values.isEmpty ? nil : .item(values),
        ]
    }

    /// A condition's text; `nil` of none.
    mutating func text(of condition: Condition?) -> RequestDocument? {
        condition.map { .text(write($0)) }
    }

    private mutating func write(_ condition: Condition) -> String {
        switch condition {
        case .exists(let name): "attribute_exists(\(self.name(name)))"
        case .absent(let name): "attribute_not_exists(\(self.name(name)))"
        case .equal(let name, let value): "\(self.name(name)) = \(self.value(value))"
        case .less(let name, let value): "\(self.name(name)) < \(self.value(value))"
        case .both(let left, let right): "(\(write(left))) AND (\(write(right)))"
        case .either(let left, let right): "(\(write(left))) OR (\(write(right)))"
        }
    }

    /// A key condition's text.
    mutating func text(of condition: KeyCondition) -> RequestDocument {
        let partition = "\(name(condition.partition.name)) = \(value(condition.partition.value))"
        switch condition.sort.rule {
        case .any:
            return .text(partition)
        case .prefix(let prefix):
            return .text("\(partition) AND begins_with(\(name(condition.sort.name)), \(value(.string(prefix))))")
        case .below(let bound):
            return .text("\(partition) AND \(name(condition.sort.name)) < \(value(bound))")
        }
    }

    /// An update's text; `nil` when it does nothing.
    mutating func text(of update: Update) -> RequestDocument? {
        var clauses: [String] = []
        let set = sorted(update.set).map { "\(name($0.key)) = \(value($0.value))" }
        if !set.isEmpty { clauses.append("SET " + set.joined(separator: ", ")) }
        let add = sorted(update.add).map { "\(name($0.key)) \(value($0.value))" }
        if !add.isEmpty { clauses.append("ADD " + add.joined(separator: ", ")) }
        let remove = update.remove.sorted().map { name($0) }
        if !remove.isEmpty { clauses.append("REMOVE " + remove.joined(separator: ", ")) }
        return clauses.isEmpty ? nil : .text(clauses.joined(separator: " "))
    }

    private func sorted(_ item: Item) -> [(key: String, value: AttributeValue)] {
        item.sorted { $0.key < $1.key }
    }

    private mutating func name(_ name: String) -> String {
        if let placeholder = names[name] { return placeholder }
        let placeholder = "#n\(names.count)"
        names[name] = placeholder
        return placeholder
    }

    private mutating func value(_ value: AttributeValue) -> String {
        let placeholder = ":v\(values.count)"
        values[placeholder] = value
        return placeholder
    }
}
