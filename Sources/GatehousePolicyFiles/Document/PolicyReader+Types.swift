#if PolicyFiles
import Gatehouse

/// The checks of the types of values.
extension PolicyReader {
    mutating func mapping(_ node: DocumentNode, _ name: String) -> [DocumentMember]? {
        if case .mapping(let members) = node.value { return members }
        wrongType(node, name, "a mapping")
        return nil
    }

    mutating func string(_ node: DocumentNode, _ name: String) -> String? {
        if let string = node.string { return string }
        wrongType(node, name, "a string")
        return nil
    }

    /// Returns the strings of a list, and stores the position of each.
    mutating func strings(_ member: DocumentMember, at location: (Int) -> Finding.Location) -> [String] {
        guard case .sequence(let elements) = member.value.value else {
            wrongType(member.value, "“\(member.key)”", "a list")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            positions[location(index)] = element.position
            return string(element, "an entry of “\(member.key)”")
        }
    }

    mutating func wrongType(_ node: DocumentNode, _ name: String, _ expected: String) {
        errors.append(SyntaxError("\(name) must be \(expected), not \(node.kind)", at: node.position))
    }

    mutating func unknown(_ member: DocumentMember, in place: String, _ suggestion: String) {
        findings.append(
            Finding(
                .unknownKey,
                "\(place) has no key “\(member.key.printable)”\(suggestion)",
                position: member.keyPosition
            )
        )
    }
}
#endif
