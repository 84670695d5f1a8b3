/// The memory that values take on the heap, for tables that have a budget.
package enum HeapMemory {
    /// Returns the memory of a block of so many bytes: 8 bytes more, in steps of 16, at least 32, as glibc's allocator has it. Other
    /// allocators take about as much.
    package static func block(_ byteCount: Int) -> Int { max(32, (byteCount + 8 + 15) & ~15) }

    /// Returns the memory of an instance of a class whose properties have so many bytes.
    package static func instance(_ byteCount: Int) -> Int { block(16 + byteCount) }

    /// Returns the memory of an array without spare capacity.
    package static func array<Element>(_ elements: [Element]) -> Int {
        elements.isEmpty ? 0 : block(32 + elements.count * MemoryLayout<Element>.stride)
    }

    /// Returns the memory of a text. A text of up to 15 bytes is stored in place of the reference.
    package static func text(_ text: String) -> Int {
        text.utf8.count > 15 ? block(32 + text.utf8.count + 1) : 0
    }
}

extension Array {
    /// The array without spare capacity. An array that grew has up to as much capacity again.
    package var withoutSpareCapacity: [Element] {
        guard !isEmpty else { return [] }
        return Array(unsafeUninitializedCapacity: count) { target, written in
            written = target.initialize(fromContentsOf: self)
        }
    }
}
