/** Only the import. */
import "futureplan";
