import GatehouseBase

extension ClerkClaims.Organization {
    /// Returns the claim `o` of version 2.
    func packed(features: [String]) -> JSONValue {
        let names = permissions.flatMap(\.names).reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        let masks = features.map { $0.split(separator: ":", maxSplits: 1) }
            .filter { $0.first?.contains("o") == true }
            .map { parts in
                let granted = permissions.filter { $0.feature == parts.last.map(String.init) }.flatMap(\.names)
                return decimal(names.map { granted.contains($0) })
            }
        var members = [JSONMember("id", .string(id)), JSONMember("rol", .string(role))]
        if let slug { members.append(JSONMember("slg", .string(slug))) }
        if !names.isEmpty {
            members.append(JSONMember("per", .string(names.joined(separator: ","))))
            members.append(JSONMember("fpm", .string(masks.joined(separator: ","))))
        }
        return .object(members)
    }
}

/// Returns the decimal number, of any length, that has these bits. The least significant bit is first.
private func decimal(_ bits: [Bool]) -> String {
    var digits = [0]  // the least significant digit is first
    for bit in bits.reversed() {
        var carry = bit ? 1 : 0
        for index in digits.indices {
            let doubled = digits[index] * 2 + carry
            (carry, digits[index]) = doubled.quotientAndRemainder(dividingBy: 10)
        }
        if carry > 0 { digits.append(carry) }
    }
    return digits.reversed().map(String.init).joined()
}
