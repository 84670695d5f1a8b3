/// The position of each role by its name. Of two roles with one name, the first counts.
struct RoleIndex: Sendable {
    private let positions: [ByteText: Int]

    init(_ roles: [Role]) {
        positions = Dictionary(
            roles.enumerated().map { (ByteText($1.name), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    subscript(name: String) -> Int? { positions[ByteText(name)] }
}
