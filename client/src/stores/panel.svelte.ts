/** Whether the panel beside a chat is open, where it has room: remembered on this device. */
const KEPT = "hallway-panel";
const CLOSED = "closed";

class SidePanel {
  isOpen = $state(localStorage.getItem(KEPT) !== CLOSED);

  show(isOpen: boolean): void {
    this.isOpen = isOpen;
    localStorage.setItem(KEPT, isOpen ? "open" : CLOSED);
  }
}

export const panel = new SidePanel();
