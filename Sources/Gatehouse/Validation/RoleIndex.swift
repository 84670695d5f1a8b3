/// The place of each role by its name. Of two with one name the first counts.
struct RoleIndex: Sendable {
    private let places: [ByteText: Int]

    init(_ roles: [Role]) {
        places = Dictionary(roles.enumerated().map { (ByteText($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(name: String) -> Int? { places[ByteText(name)] }
}
