/// How much memory values take on the heap, for what keeps them within a budget.
package enum HeapMemory {
    /// The memory that a block takes for so many bytes: 8 bytes more, in steps of 16, at least 32, as glibc's allocator has it. Others
    /// take about as much.
    package static func block(_ byteCount: Int) -> Int { max(32, (byteCount + 8 + 15) & ~15) }

    /// The memory of an instance of a class whose properties have so many bytes.
    package static func instance(_ byteCount: Int) -> Int { block(16 + byteCount) }

    /// The memory of an array that has room for its elements and no more.
    package static func array<Element>(_ elements: [Element]) -> Int {
        elements.isEmpty ? 0 : block(32 + elements.count * MemoryLayout<Element>.stride)
    }

    /// The memory of a text; one of up to 15 bytes lies in the place of the reference.
    package static func text(_ text: String) -> Int {
        text.utf8.count > 15 ? block(32 + text.utf8.count + 1) : 0
    }
}

extension Array {
    /// The array with room for its elements and no more: one that grew has up to as much again.
    package var withoutSpareCapacity: [Element] {
        guard !isEmpty else { return [] }
        return Array(unsafeUninitializedCapacity: count) { target, written in
            written = target.initialize(fromContentsOf: self)
        }
    }
}
