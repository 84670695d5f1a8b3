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

    /// A view that is valid as long as the table.
    var unownedView: NameTable.UnownedView { table.unownedView }

    @inline(__always)
    func id(of permission: Permission) -> Int? { unownedView.id(of: permission) }

    /// Calls `body` with the id of every name that the pattern matches.
    func forEachID(matching pattern: PermissionPattern, _ body: (Int) -> Void) {
        for id in range(of: pattern) where names[id].withUTF8Bytes({ pattern.matches($0) }) { body(id) }
    }

    /// Returns the range of the sorted names among which the pattern's matches are: they begin with its literal prefix.
    func range(of pattern: PermissionPattern) -> Range<Int> {
        let prefix = pattern.literalPrefix
        let low = partition(0) { names[$0].precedesByBytes(prefix) }
        return low..<partition(low) { names[$0].utf8.starts(with: prefix.utf8) }
    }

    /// Returns the first id, from `low` on, that does not meet the condition. No later id meets it.
    private func partition(_ low: Int, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (low, names.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
