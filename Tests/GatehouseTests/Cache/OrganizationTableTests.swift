import Synchronization
import Testing

@testable import Gatehouse

@Suite("What all entries of an organization share")
struct OrganizationTableTests {
    @Test("of two invalidations that pass each other the later one counts, whichever comes to the organization first")
    func overtakingInvalidations() {
        let table = OrganizationTable()
        let cell = table.retain(issuer: "i", organization: "o")
        for epoch in [6, 5] as [UInt64] { table.invalidate(issuer: "i", organization: "o", epoch: epoch) }
        #expect(cell.goodSince.load(ordering: .acquiring) == 6)
    }

    @Test("a cell is kept while it is used, and no longer")
    func uses() {
        let table = OrganizationTable()
        let cell = table.retain(issuer: "i", organization: nil)
        #expect(table.retain(issuer: "i", organization: nil) === cell)
        #expect(table.retain(issuer: "i", organization: "") !== cell)
        #expect(table.count == 2)
        for _ in 0..<2 { table.release(cell) }
        #expect(table.count == 1)
        #expect(table.retain(issuer: "i", organization: nil) !== cell)
    }
}
