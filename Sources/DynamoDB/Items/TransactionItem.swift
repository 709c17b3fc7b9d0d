/// One write, alone or as part of a transaction.
package enum TransactionItem: Sendable, Hashable {
    /// Writes an item.
    case put(Item, if: Condition? = nil)
    /// Changes the item with this key.
    case update(Item, Update, if: Condition? = nil)
    /// Takes the item with this key away.
    case delete(Item, if: Condition? = nil)
    /// Writes nothing, but asks something of the item with this key.
    case check(Item, Condition)

    /// The member of a transaction that it is.
    var name: String {
        switch self {
        case .put: "Put"
        case .update: "Update"
        case .delete: "Delete"
        case .check: "ConditionCheck"
        }
    }

    /// The request, with further members.
    func document(_ table: TableName, and further: [String: RequestDocument] = [:]) -> RequestDocument {
        var writer = ExpressionWriter()
        var members: [String: RequestDocument?] = further.mapValues(Optional.some)
        members["TableName"] = .text(table.rawValue)
        switch self {
        case .put(let item, let condition):
            members["Item"] = .item(item)
            members["ConditionExpression"] = writer.text(of: condition)
        case .update(let key, let update, let condition):
            members["Key"] = .item(key)
            members["UpdateExpression"] = writer.text(of: update)
            members["ConditionExpression"] = writer.text(of: condition)
        case .delete(let key, let condition):
            members["Key"] = .item(key)
            members["ConditionExpression"] = writer.text(of: condition)
        case .check(let key, let condition):
            members["Key"] = .item(key)
            members["ConditionExpression"] = writer.text(of: condition)
        }
        members.merge(writer.members) { $1 }
        return .object(members)
    }
}
