#if PolicyFiles
import Gatehouse

/// The members of a JSON object whose names are cases of `Key`. An unknown member is a fault. A member of a wrong type is a fault and
/// counts as absent.
struct CheckMembers<Key: RawRepresentable<String> & CaseIterable & Hashable> {
    private let node: JSONNode
    private var values: [Key: JSONNode] = [:]

    init(_ node: JSONNode, _ name: String, _ faults: inout [CheckFault]) {
        self.node = node
        if node.kind != .object { faults.append(CheckFault("\(name) must be an object", at: node)) }
        for (member, value) in node.members {
            let text = member.string ?? ""
            if let key = Key(bytesOf: text) {
                values[key] = value
            } else {
                let message = "\(name) has no member “\(text.printable)”" + Key.suggestion(for: text)
                faults.append(CheckFault(message, .unknownKey, at: member))
            }
        }
    }

    subscript(key: Key) -> JSONNode? { values[key] }

    /// Returns the member; `nil` if it is missing, which adds the fault `message`.
    func required(_ key: Key, _ message: String, _ faults: inout [CheckFault]) -> JSONNode? {
        if values[key] == nil, node.kind == .object { faults.append(CheckFault(message, at: node)) }
        return values[key]
    }

    func string(_ key: Key, _ faults: inout [CheckFault]) -> String? {
        read(key, "must be a string", &faults) { $0.string }
    }

    func nonEmptyString(_ key: Key, _ faults: inout [CheckFault]) -> String? {
        guard let node = values[key], let string = string(key, &faults) else { return nil }
        if string.isEmpty { faults.append(CheckFault("“\(key.rawValue)” must not be empty", at: node)) }
        return string
    }

    func object(_ key: Key, _ faults: inout [CheckFault]) -> JSONValue? {
        read(key, "must be an object", &faults) { $0.kind == .object ? JSONValue($0) : JSONValue?.none }
    }

    /// Returns the time of an RFC 3339 string or of a number of Unix seconds.
    func time(_ key: Key, _ faults: inout [CheckFault]) -> Timestamp? {
        read(key, "must be \(Timestamp.expectation)", &faults) { node in
            node.string.flatMap { Timestamp(rfc3339: $0) }
                ?? node.number?.double.flatMap { Timestamp(secondsSinceEpoch: $0) }
        }
    }

    private func read<Value>(
        _ key: Key,
        _ expectation: String,
        _ faults: inout [CheckFault],
        _ value: (JSONNode) -> Value?
    ) -> Value? {
        guard let node = values[key] else { return nil }
        if let value = value(node) { return value }
        faults.append(CheckFault("“\(key.rawValue)” \(expectation)", at: node))
        return nil
    }
}
#endif
