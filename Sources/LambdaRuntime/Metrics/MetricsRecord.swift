/// A line from which CloudWatch makes metrics: its *embedded metric format*.
///
/// No call is made for it: the line goes to the log, and CloudWatch takes the numbers out.
package struct MetricsRecord: Sendable, Equatable {
    /// What a number counts, in CloudWatch's words.
    package enum Unit: String, Sendable {
        /// A number of things.
        case count = "Count"
        /// A time.
        case milliseconds = "Milliseconds"
        /// A size.
        case bytes = "Bytes"
        /// A share of a hundred.
        case percent = "Percent"
        /// A bare number.
        case none = "None"
    }

    /// One number.
    package struct Metric: Sendable, Equatable {
        /// What is measured.
        package let name: String
        /// What the number counts.
        package let unit: Unit
        /// The number.
        package let value: Double

        /// A number with its name and unit.
        package init(_ name: String, _ value: Double, _ unit: Unit = .count) {
            self.name = name
            self.value = value
            self.unit = unit
        }
    }

    /// The most metrics of a record.
    package static let mostMetrics = 100
    /// The most dimensions of a metric.
    package static let mostDimensions = 30

    /// CloudWatch's folder for the metrics.
    package let namespace: String
    /// What the metrics are kept apart by; each combination of values is a metric that costs.
    package var dimensions: [String: String]
    /// The numbers.
    package var metrics: [Metric]
    /// What else the line says, for searching; not part of any metric.
    package var properties: [String: String]

    /// A record.
    package init(
        namespace: String,
        dimensions: [String: String] = [:],
        metrics: [Metric],
        properties: [String: String] = [:]
    ) {
        self.namespace = namespace
        self.dimensions = dimensions
        self.metrics = metrics
        self.properties = properties
    }

    /// The record as lines; several, when there are more metrics than one may hold.
    ///
    /// Numbers that are not finite, second ones of a name, and dimensions without a value are left out: one of them
    /// would void the whole line.
    package func lines(at time: WallTime = .now()) -> [String] {
        var taken = Set(dimensions.keys).union(["", "_aws"])
        let usable = metrics.filter { $0.value.isFinite && taken.insert($0.name).inserted }
        return stride(from: 0, to: usable.count, by: Self.mostMetrics).map { start in
            line(Array(usable[start..<min(start + Self.mostMetrics, usable.count)]), time)
        }
    }

    /// Writes the record to the log.
    package func write(to writer: LineWriter = .standardOutput) {
        for line in lines() { writer.write(line) }
    }

    private func line(_ metrics: [Metric], _ time: WallTime) -> String {
        let valid = dimensions.filter { !$0.key.isEmpty && !$0.value.isEmpty }.sorted { $0.key < $1.key }
        let dimensions = valid.prefix(Self.mostDimensions)
        let names = Set(dimensions.map(\.key) + metrics.map(\.name) + ["_aws"])
        var json = JSONText()
        json.object { json in
            json.field("_aws") { json in
                json.object { json in
                    json.field("Timestamp") { $0.number(time.milliseconds) }
                    json.field("CloudWatchMetrics") { json in
                        json.array { $0.directive(namespace, dimensions.map(\.key), metrics) }
                    }
                }
            }
            for (name, value) in dimensions { json.field(name, value) }
            for metric in metrics { json.field(metric.name) { $0.number(metric.value) } }
            for (name, value) in properties.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
                json.field(name, value)
            }
        }
        return json.text
    }
}

extension JSONText {
    /// Says which fields of a line are metrics, and which are their dimensions.
    fileprivate mutating func directive(
        _ namespace: String,
        _ dimensions: [String],
        _ metrics: [MetricsRecord.Metric]
    ) {
        object { json in
            json.field("Namespace", namespace)
            json.field("Dimensions") { json in
                json.array { $0.strings(dimensions) }
            }
            json.field("Metrics") { json in
                json.array { json in
                    for metric in metrics {
                        json.object { json in
                            json.field("Name", metric.name)
                            json.field("Unit", metric.unit.rawValue)
                        }
                    }
                }
            }
        }
    }
}
