#if PolicyFiles
import Gatehouse

/// The positions in a document of the values and member names of the JSON that was made from the document, by their offsets in the JSON.
struct DocumentPlaces {
    private var positions: [Int: SourcePosition] = [:]

    /// Makes the positions.
    ///
    /// - Parameters:
    ///   - json: The JSON text of `node` after parsing, with equal values in equal order.
    ///   - node: A part of the document.
    init(of json: JSONNode, in node: DocumentNode) {
        add(json, node)
    }

    /// The position of the value or name at an offset; `nil` if nothing begins at the offset.
    subscript(offset: Int) -> SourcePosition? { positions[offset] }

    /// Adds the positions of a value. The method is recursive, to the depth to which a document may nest.
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
