/// What must hold of the item that is there, so that a write happens.
///
/// Values and names are never part of the expression's text, so that no value can change its meaning.
package indirect enum Condition: Sendable, Hashable {
    /// The item has such an attribute; of the partition key: there is an item.
    case exists(String)
    /// The item has no such attribute; of the partition key: there is no item.
    case absent(String)
    /// The attribute has this value.
    case equal(String, AttributeValue)
    /// The attribute's value is smaller.
    case less(String, AttributeValue)
    /// Both hold.
    case both(Condition, Condition)
    /// One of them holds.
    case either(Condition, Condition)

    /// Both hold.
    package static func && (left: Condition, right: Condition) -> Condition { .both(left, right) }

    /// One of them holds.
    package static func || (left: Condition, right: Condition) -> Condition { .either(left, right) }
}

/// Which items of a partition a query finds.
package struct KeyCondition: Sendable, Hashable {
    /// What is asked of the sort key.
    package enum Sort: Sendable, Hashable {
        /// Nothing.
        case any
        /// It starts with this text.
        case prefix(String)
        /// It is smaller.
        case below(AttributeValue)
    }

    let partition: (name: String, value: AttributeValue)
    let sort: (name: String, rule: Sort)

    /// Names the partition, and what is asked of the sort key.
    package init(_ partition: (name: String, value: AttributeValue), _ sort: (name: String, rule: Sort)) {
        self.partition = partition
        self.sort = sort
    }

    package static func == (left: KeyCondition, right: KeyCondition) -> Bool {
        left.partition == right.partition && left.sort == right.sort
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(partition.name)
        hasher.combine(partition.value)
        hasher.combine(sort.name)
        hasher.combine(sort.rule)
    }
}

/// What an update does to an item; it is made when it is not there.
package struct Update: Sendable, Hashable {
    /// Attributes and their new values.
    package var set: Item
    /// Numbers to add to what is there, or to nothing.
    package var add: Item
    /// Attributes to take away.
    package var remove: Set<String>

    /// Describes an update.
    package init(set: Item = [:], add: Item = [:], remove: Set<String> = []) {
        self.set = set
        self.add = add
        self.remove = remove
    }

    /// Whether doing it twice is the same as doing it once.
    var isIdempotent: Bool { add.isEmpty }
}
