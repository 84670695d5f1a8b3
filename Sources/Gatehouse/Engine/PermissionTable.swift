/// The permissions that a policy names, each with a dense id in the order of their bytes.
struct PermissionTable: Sendable {
    private let table: NameTable

    init(naming policy: Policy) {
        var names = Set((policy.permissions ?? []).map { ByteText($0.name) })
        for role in policy.roles { names.formUnion(Self.exactNames(role.grants + role.denies)) }
        for rule in policy.rules { names.formUnion(Self.exactNames(rule.permissions)) }
        table = NameTable(names.sorted().map(\.string))
    }

    private static func exactNames(_ patterns: [String]) -> [ByteText] {
        patterns.filter { Name.isWellFormed($0) }.map { ByteText($0) }
    }

    var names: [String] { table.names }
    var count: Int { table.count }

    /// Lives as long as the table.
    var probe: NameTable.Probe { table.probe }

    @inline(__always)
    func id(of permission: Permission) -> Int? { probe.id(of: permission) }

    /// Calls `body` with the id of every name that the pattern matches: a range of the sorted names, each tried.
    func forEachID(matching pattern: PermissionPattern, _ body: (Int) -> Void) {
        let prefix = pattern.literalPrefix
        var low = 0
        var high = names.count
        while low < high {
            let middle = (low + high) / 2
            if names[middle].precedesByBytes(prefix) { low = middle + 1 } else { high = middle }
        }
        for id in low..<names.count {
            guard names[id].utf8.starts(with: prefix.utf8) else { break }
            if names[id].withUTF8Bytes({ pattern.matches($0) }) { body(id) }
        }
    }
}
