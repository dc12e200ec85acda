/** Whether the formatting bar stands below what is written: remembered in this browser. */
const NAME = "hallway-formatting";

class Bar {
  isOpen = $state(localStorage.getItem(NAME) === "open");

  toggle(): void {
    this.isOpen = !this.isOpen;
    if (this.isOpen) localStorage.setItem(NAME, "open");
    else localStorage.removeItem(NAME);
  }
}

export const bar = new Bar();
