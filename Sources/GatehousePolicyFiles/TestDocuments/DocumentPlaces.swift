#if PolicyFiles
import Gatehouse

/// Positions in a document of the values and member names of the JSON that was made of it, by their offsets there.
struct DocumentPlaces {
    private var positions: [Int: SourcePosition] = [:]

    /// - Parameters:
    ///   - json: `node` as a reader of JSON read its text: equal values in equal order.
    ///   - node: A part of the document.
    init(of json: JSONNode, in node: DocumentNode) {
        add(json, node)
    }

    /// `nil` if nothing begins there.
    subscript(offset: Int) -> SourcePosition? { positions[offset] }

    /// Recursive, as deep as a document may nest.
    private mutating func add(_ json: JSONNode, _ node: DocumentNode) {
        positions[json.offset] = node.position
        switch node.value {
        case .sequence(let elements):
            for (element, node) in zip(json.elements, elements) { add(element, node) }
        case .mapping(let members):
            for (member, node) in zip(json.members, members) {
                positions[member.name.offset] = node.keyPosition
                add(member.value, node.value)
            }
        case .null, .bool, .number, .string: break
        }
    }
}
#endif
