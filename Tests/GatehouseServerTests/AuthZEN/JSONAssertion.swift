#if Server
import GatehouseBase

/// One assertion of the shared cases about a JSON value: `scenario-cases.json` describes them at its top.
struct JSONAssertion {
    let assertion: JSONValue

    /// Why the assertion does not hold; `nil` if it does.
    func fault(of root: JSONValue) -> String? {
        let at = assertion["at"]?.string ?? ""
        let found = Self.value(at: at, of: root)
        if assertion["absent"] == true { return found == nil ? nil : "\(at) is there: \(found!)" }
        guard let found else { return assertion["ifPresent"] == true ? nil : "\(at) is absent" }
        return Self.fault(found, assertion).map { "\(at): \($0)" }
    }

    static func fault(_ found: JSONValue, _ assertion: JSONValue) -> String? {
        if let expected = assertion["equals"] {
            return found.sorted == expected.sorted ? nil : "\(found) is not \(expected)"
        }
        if let expected = assertion["includes"] {
            if let part = expected.string {
                return found.string?.contains(part) == true ? nil : "\(found) has no \(part)"
            }
            return expected.elements.first { item in !found.elements.contains { $0.sorted == item.sorted } }
                .map { "\(found) has no \($0)" }
        }
        if let excluded = assertion["excludes"] {
            if let part = excluded.string {
                let has = part.isEmpty ? found.string == "" : found.string?.contains(part) == true
                return has ? "\(found) has \(part)" : nil
            }
            return excluded.elements.first { item in found.elements.contains { $0.sorted == item.sorted } }
                .map { "\(found) has \($0)" }
        }
        if let expected = assertion["sameItems"] {
            let (mine, theirs) = (
                found.elements.map(\.sorted.description).sorted(), expected.elements.map(\.sorted.description).sorted()
            )
            return mine == theirs ? nil : "\(mine) is not \(theirs)"
        }
        if case .number(let number)? = assertion["length"] {
            return found.elements.count == number.int ? nil : "\(found) has not \(number) items"
        }
        if case .array(let assertions)? = assertion["each"] {
            for item in found.elements {
                for assertion in assertions {
                    if let fault = JSONAssertion(assertion: assertion).fault(of: item) { return fault }
                }
            }
            return nil
        }
        if let type = assertion["type"]?.string {
            return found.typeNames.contains(type) ? nil : "\(found) is no \(type)"
        }
        if let first = assertion["firstMember"]?.string {
            guard case .object(let members) = found else { return "\(found) is no object" }
            return members.first?.name == first ? nil : "the first member is not \(first)"
        }
        return "this assertion is not understood: \(assertion)"
    }

    private static func value(at pointer: String, of root: JSONValue) -> JSONValue? {
        pointer.split(separator: "/").reduce(root as JSONValue?) { value, part in
            if case .array(let elements)? = value {
                return Int(part).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
            }
            return value?[String(part)]
        }
    }
}

extension JSONValue {
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The value with members in one order.
    var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let members):
            .object(members.map { JSONMember($0.name, $0.value.sorted) }.sorted { $0.name < $1.name })
        default: self
        }
    }

    fileprivate var typeNames: [String] {
        switch self {
        case .null: ["null"]
        case .bool: ["boolean"]
        case .number(let number): number.int == nil ? ["number"] : ["number", "integer"]
        case .string: ["string"]
        case .array: ["array"]
        case .object: ["object"]
        }
    }
}
#endif
